import type { Cut, Policy } from '../../scorer/policy/policy.js';
import { POLICY_FILE } from '../../scorer/policy/policy.js';
import { parsePrices } from '../../scorer/policy/prices.js';
import { writeTinyBundle } from './tiny-bundle.js';

const BUY: Cut[] = [{ from: 0, do: 'buy' }];
const ACCEPT: Cut[] = [{ from: 0, do: 'accept' }];

/** Stages as a file of prices names them. Every stage costs 2 and 50 ms, the first answer 1 and 10 tokens. */
export function tinyPolicy(stages: object[], change: Partial<Policy> = {}): Policy {
  const prices = parsePrices({
    first: { model: 'm1', price: { money: 1, tokens: 10 } },
    stages: stages.map((stage) => ({ price: { money: 2, milliseconds: 50 }, ...stage })),
    ...{ wrong: 50, abstain: 10 },
  });
  const order = prices.stages.map(({ name }) => name);
  const facts = prices.stages.map(({ name, model, k }) => [
    name,
    { ...(model === undefined ? {} : { model }), ...(k === undefined ? {} : { k }) },
  ]);
  return {
    formatVersion: 1,
    // buys everything, then accepts whatever there is
    plan: { order, cuts: [...order.map(() => BUY), ACCEPT] },
    lines: [...order, ''].map(() => ({ a: 1, b: 0 })),
    values: [],
    prices,
    conditions: {
      ...{ models: ['m1'], stages: Object.fromEntries(facts), temperatures: [0] },
      ...{ sampleTemperatures: [0.7], prompts: null },
    },
    claim: {
      ...{ id: 'policy-tiny', alpha: 0.1, delta: 0.05, guarantee: 'finite-sample', method: 'betting' },
      ...{ groups: 200, acceptedGroups: 120, coverage: 0.6, error: 0.03 },
    },
    ...change,
  };
}

/** Writes a policy around a bundle with random weights. */
export async function writeTinyPolicy(dir: string, policy: Policy, numeric?: string[]): Promise<void> {
  await writeTinyBundle(dir, {
    ...(numeric === undefined ? {} : { numeric }),
    files: { [POLICY_FILE]: JSON.stringify(policy) },
  });
}

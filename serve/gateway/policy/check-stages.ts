import { namedVerifiers } from '../../../data/ask/verifiers/named-verifiers.js';
import type { Manifest } from '../../../models/bundle/manifest.js';
import type { Policy } from '../../../scorer/policy/policy.js';
import type { Stage } from '../../../scorer/policy/prices.js';
import { VouchError } from '../../../support/errors.js';
import type { GatewayOptions, PolicyServing } from '../../options.js';

/** A stage that a policy can buy, and a part of it that needs an option which was not given. */
interface Lack {
  /** What the stage buys. */
  buys: string;
  /** The flag. */
  field: string;
  expected: string;
  hint?: string;
}

/**
 * Refuses options with which a stage that the policy can buy cannot be bought, and options about what it does not have.
 * Error: BAD_USAGE with the stage and the flag.
 */
export function checkStages(
  policy: Policy,
  { signals }: Pick<Manifest, 'signals'>,
  options: Pick<GatewayOptions, 'askLogprobs'> & { policy: PolicyServing },
): void {
  refuseUnknown(policy, options.policy);
  for (const stage of buyable(policy)) {
    const lack = lackOf(stage, signals, options);
    if (lack === null) continue;
    const { buys, field, expected, hint } = lack;
    throw new VouchError('BAD_USAGE', `the policy can buy the stage ${stage.name}, and the gateway cannot: ${buys}`, {
      ...{ field, expected },
      ...(hint === undefined ? {} : { hint }),
    });
  }
}

/** Refuses options about a stage or a model that the policy does not have: a slip would go unnoticed. */
function refuseUnknown({ prices }: Policy, { stageTimeouts, seconds, names }: PolicyServing): void {
  const stages = prices.stages.map(({ name }) => name);
  const models = prices.stages.flatMap(({ model }) => model ?? []);
  const given: [flag: string, names: readonly string[], known: readonly string[]][] = [
    ['--stage-timeout', Object.keys(stageTimeouts), stages],
    ['--second-upstream', seconds.flatMap(({ model }) => model ?? []), models],
    ['--second-name', Object.keys(names), models],
  ];
  for (const [field, own, known] of given) {
    const got = own.find((name) => !known.includes(name));
    if (got === undefined) continue;
    const expected = known.length === 0 ? 'no name' : `one of ${known.join(', ')}`;
    throw new VouchError('BAD_USAGE', 'the policy has no such stage or model', { field, expected, got });
  }
}

/** The stages that a policy can reach: it buys at every state before. */
export function buyable({ plan, prices }: Pick<Policy, 'plan' | 'prices'>): Stage[] {
  const end = plan.order.findIndex((_, k) => !plan.cuts[k].some((cut) => cut.do === 'buy'));
  const names = end < 0 ? plan.order : plan.order.slice(0, end);
  return names.map((name) => prices.stages.find((stage) => stage.name === name) as Stage);
}

function lackOf(
  stage: Stage,
  signals: Manifest['signals'],
  options: Pick<GatewayOptions, 'askLogprobs'> & { policy: PolicyServing },
): Lack | null {
  const { seconds } = options.policy;
  const { model } = stage;
  if (model !== undefined && !seconds.some((each) => each.model === model || each.model === null)) {
    const hint = 'It may be the address of the upstream, if that serves this model too.';
    return { buys: `it asks the model ${model}`, field: '--second-upstream', expected: `${model}=URL`, hint };
  }
  for (const field of stage.fields) {
    const lack = lackOfField(field, stage, { signals, ...options });
    if (lack !== null) return lack;
  }
  return null;
}

function lackOfField(
  field: string,
  { fields, k }: Stage,
  {
    signals,
    askLogprobs,
    policy,
  }: Pick<GatewayOptions, 'askLogprobs'> & {
    signals: Manifest['signals'];
    policy: PolicyServing;
  },
): Lack | null {
  const [whole, part] = [field.split('.', 1)[0], field.slice(field.indexOf('.') + 1)];
  const train = (buys: string, expected: string): Lack => ({ buys, field: '--policy', expected });
  switch (whole) {
    case 'tokens':
      return askLogprobs
        ? null
        : { buys: 'it needs log-probabilities', field: '--no-logprobs', expected: 'no such flag' };
    case 'samples':
      return k === undefined ? train('it buys samples, and does not say how many', 'a stage with k') : null;
    case 'stated':
      return null;
    case 'choices': {
      const reads = signals.numeric.some((name) => name.startsWith('choices.'));
      if (!reads && fields.includes('tokens')) return null;
      return train('it buys a distribution over fixed options', 'a policy without the field choices');
    }
    case 'verifiers':
      for (const name of field === 'verifiers' ? verifiersRead(signals) : [part]) {
        const lack = lackOfVerifier(name, policy);
        if (lack !== null) return lack;
      }
      return null;
    default:
      return train(`it buys ${field}`, 'stages of tokens, samples, stated, verifiers or another model');
  }
}

function lackOfVerifier(name: string, { ask, way }: Pick<PolicyServing, 'ask' | 'way'>): Lack | null {
  const buys = `it needs verifiers.${name}`;
  const root = name.split('.', 1)[0];
  switch (root) {
    case 'ptrue':
      return null;
    case 'statedTopK':
      return ask.statedAfter > 0 ? null : { buys, field: '--stated-after', expected: 'K' };
    case 'crossExamined':
      return ask.crossExamine !== undefined ? null : { buys, field: '--cross-examine', expected: 'MODEL' };
    case 'judge':
    case 'judges':
      return ask.judge.length > 0 ? null : { buys, field: '--judge', expected: 'MODEL' };
    default: {
      const isNamed = namedVerifiers(way).some((each) => name === each.name || name.startsWith(`${each.name}.`));
      const hint = `A program: --verifier-command ${root}=PROGRAM`;
      return isNamed ? null : { buys, field: '--verifier', expected: `${root}=URL`, hint };
    }
  }
}

/** The verifiers that the signals of a bundle are made of. */
export function verifiersRead({ numeric }: Pick<Manifest['signals'], 'numeric'>): string[] {
  const names = numeric.map((name) => name.split('@', 1)[0]).filter((name) => name.startsWith('verifiers.'));
  return [...new Set(names.map((name) => name.slice('verifiers.'.length).replace(/\.logit$/, '')))];
}

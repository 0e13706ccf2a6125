import { stageFacts } from './conditions.js';
import type { Policy } from './policy.js';
import type { Prices } from './prices.js';

/**
 * A policy with other prices. Its cut-offs are frozen, so it decides as before, and a new price does not touch the
 * certificate. A stage that is another one now (model, number of samples, fields) voids it, because the answers and
 * signals would not be those that were certified. `voided` says why, as sentences.
 */
export function repriced(policy: Policy, prices: Prices): { policy: Policy; voided: string[] } {
  const { conditions, prices: before } = policy;
  const now = stageFacts(prices.stages);
  const voided = policy.plan.order.flatMap((name): string[] => {
    const stage = prices.stages.find((each) => each.name === name);
    const old = before.stages.find((each) => each.name === name);
    if (stage === undefined) return [`the stage ${name} has no price any more`];
    const isSame =
      JSON.stringify(now[name]) === JSON.stringify(conditions.stages[name]) &&
      JSON.stringify(stage.fields) === JSON.stringify(old?.fields);
    return isSame ? [] : [`the stage ${name} is another one than was certified`];
  });
  if (prices.first.model !== before.first.model) voided.push('the first model is another one than was certified');
  const missing = before.stages.filter(({ name }) => !prices.stages.some((stage) => stage.name === name));
  const stages = [...prices.stages, ...missing];
  return {
    policy: { ...policy, prices: { ...prices, stages }, claim: voided.length === 0 ? policy.claim : null },
    voided: voided.map((why) => `The certificate is void: ${why}.`),
  };
}

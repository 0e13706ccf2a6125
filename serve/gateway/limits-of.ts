import { type Limits, noLimits } from '../../data/ask/limits.js';

/** What an endpoint was found not to take, for a model of it. */
export type LimitsOf = (origin: string, model: string) => Limits;

/** Models remembered at most (clients name them), and how long, in milliseconds: endpoints change. */
const MOST = 1000;
const KEPT = 3_600_000;

/** Remembers refusals, so that each costs one request an hour and not one a question. */
export function limitsOf(now: () => number = Date.now): LimitsOf {
  const known = new Map<string, { limits: Limits; since: number }>();
  return (origin, model) => {
    const key = `${origin}\n${model}`;
    const found = known.get(key);
    if (found !== undefined && now() - found.since < KEPT) return found.limits;
    const limits = noLimits();
    known.delete(key);
    known.set(key, { limits, since: now() });
    if (known.size > MOST) known.delete(known.keys().next().value as string);
    return limits;
  };
}

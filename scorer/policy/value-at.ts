import type { Values } from './policy.js';

/**
 * The value of going on at a probability: straight lines between the centres of the bins, constant outside. 0 where
 * nothing is known.
 */
export function valueAt({ probability: at, value }: Pick<Values, 'probability' | 'value'>, p: number): number {
  if (at.length === 0) return 0;
  const next = at.findIndex((x) => x >= p);
  if (next === 0) return value[0];
  if (next < 0) return value[value.length - 1];
  const share = (p - at[next - 1]) / (at[next] - at[next - 1]);
  return value[next - 1] + share * (value[next] - value[next - 1]);
}

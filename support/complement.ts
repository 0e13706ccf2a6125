/** 1 − share as a person would write it: 1 − 0.95 is 0.05 and not 0.050000000000000044. */
export function complement(share: number): number {
  return Number((1 - share).toFixed(15)) || 1 - share;
}

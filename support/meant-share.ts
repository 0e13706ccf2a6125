/**
 * The hint for a number that was given instead of a share: 20 is most likely a percentage, so 0.2 was meant. Undefined
 * if the number cannot be a percentage.
 */
export function meantShare(value: unknown): string | undefined {
  if (typeof value !== 'number' || !(value > 1 && value <= 100)) return undefined;
  return `A share lies between 0 and 1: did you mean ${Number((value / 100).toPrecision(12))}?`;
}

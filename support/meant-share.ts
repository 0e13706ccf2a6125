/**
 * The hint for a value that was given instead of a share of at most `most`: 20 is most likely a percentage, so 0.2 was
 * meant; the same for the text `20%`. Undefined if the value cannot be the percentage of an allowed share.
 */
export function meantShare(value: unknown, most = 1): string | undefined {
  const percentage = percentageOf(value);
  const top = Math.min(most, 1);
  if (percentage === undefined || !(percentage / 100 <= top)) return undefined;
  return `A share lies between 0 and ${top}: did you mean ${Number((percentage / 100).toPrecision(12))}?`;
}

function percentageOf(value: unknown): number | undefined {
  if (typeof value === 'string') {
    const written = /^\s*(\d*\.?\d+)\s*%\s*$/.exec(value);
    return written === null ? undefined : Number(written[1]);
  }
  return typeof value === 'number' && value > 1 ? value : undefined;
}

/** A number with six significant digits, the precision of the log-probabilities that it comes from. */
export function short(value: number): number {
  return Number(value.toPrecision(6));
}

/** Six decimals: what a record keeps of a cosine or a probability. */
export function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

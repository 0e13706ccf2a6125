/** Whether two numbers are the same but for rounding: |a − b| ≤ slack + 1e-9 · max(1, |b|). */
export function isNear(a: number, b: number, slack = 0): boolean {
  return Math.abs(a - b) <= slack + 1e-9 * Math.max(1, Math.abs(b));
}

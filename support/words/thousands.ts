/** A count as people read it: `12,345`. Every count in a message goes through this, or through `plural` with its noun. */
export function thousands(n: number): string {
  return Math.round(n).toLocaleString('en-US');
}

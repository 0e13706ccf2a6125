/** An empty bin counts as this share, so that the logarithm exists. */
const LEAST = 1e-4;

/**
 * Population stability index: Σ (q − p) ln(q/p) over bins with shares p before and q now. By custom, below 0.1 is
 * little, above 0.25 much; it is no test and grows as samples get smaller. Source: Siddiqi 2006, "Credit risk scorecards".
 */
export function psi(before: readonly number[], now: readonly number[]): number {
  return before.reduce((sum, share, k) => {
    const [p, q] = [Math.max(LEAST, share), Math.max(LEAST, now[k])];
    return sum + (q - p) * Math.log(q / p);
  }, 0);
}

/**
 * The smallest number of questions that can certify α at confidence 1 − δ if every answer is right: ln δ / ln(1 − α).
 * It is 59 for α = δ = .05.
 */
export function leastGroups(alpha: number, delta: number): number {
  return Math.ceil(Math.log(delta) / Math.log1p(-alpha) - 1e-9);
}

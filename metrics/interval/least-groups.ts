/** The fewest questions that could certify α at confidence 1 − δ, each one right: ln δ / ln(1 − α), 59 for .05 and .05. */
export function leastGroups(alpha: number, delta: number): number {
  return Math.ceil(Math.log(delta) / Math.log1p(-alpha) - 1e-9);
}

/**
 * Upper tail of the Kolmogorov distribution for a distance D between two distribution functions with an effective number
 * of observations m: Q(λ) = 2 Σ (−1)^(k−1) exp(−2k²λ²), λ = (√m + 0.12 + 0.11/√m)·D. For two samples of sizes n and r,
 * m = n·r/(n + r). Asymptotic; accurate from m = 4 on. Source: Stephens 1970; Press et al. 2007, section 6.14.12.
 */
export function kolmogorovTail(distance: number, size: number): number {
  const root = Math.sqrt(size);
  const x = (root + 0.12 + 0.11 / root) * distance;
  if (!(x > 0)) return 1;
  if (x < 1.18) {
    const y = Math.exp(-(Math.PI ** 2) / (8 * x * x));
    return 1 - (Math.sqrt(2 * Math.PI) / x) * (y + y ** 9 + y ** 25 + y ** 49);
  }
  const y = Math.exp(-2 * x * x);
  return 2 * (y - y ** 4 + y ** 9);
}

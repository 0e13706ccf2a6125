/**
 * Upper tail of the chi-square distribution with `freedom` degrees of freedom at x: Q(ν/2, x/2), the regularised upper
 * incomplete gamma function, by its series below ν/2 + 1 and by Lentz's continued fraction above. Relative error below
 * 1e-10. Source: Press et al. 2007, "Numerical Recipes", section 6.2.
 */
export function chiSquareTail(x: number, freedom: number): number {
  if (!(x > 0)) return 1;
  const [a, z] = [freedom / 2, x / 2];
  const front = Math.exp(a * Math.log(z) - z - logGamma(a));
  if (z < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let k = 1; term > sum * 1e-16; k++) sum += term *= z / (a + k);
    return Math.max(0, 1 - front * sum);
  }
  const tiny = 1e-300;
  let b = z + 1 - a;
  let c = 1 / tiny;
  let d = 1 / b;
  let fraction = d;
  for (let k = 1; k < 10_000; k++) {
    const step = -k * (k - a);
    b += 2;
    d = 1 / nonZero(step * d + b, tiny);
    c = nonZero(b + step / c, tiny);
    fraction *= c * d;
    if (Math.abs(c * d - 1) < 1e-15) break;
  }
  return front * fraction;
}

function nonZero(x: number, tiny: number): number {
  return Math.abs(x) < tiny ? tiny : x;
}

/** ln Γ(a) for a > 0: Stirling's series at a + 10, shifted down. Absolute error below 1e-13. */
function logGamma(a: number): number {
  let shift = 0;
  for (let k = 0; k < 10; k++) shift += Math.log(a + k);
  const x = a + 10;
  const i = 1 / (x * x);
  const series = (1 / 12 - i * (1 / 360 - i * (1 / 1260 - i * (1 / 1680 - i / 1188)))) / x;
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series - shift;
}

/** Kish's effective number: (Σ w)² / Σ w², the number of equal weights that are worth as much. Source: Kish 1965. */
export function effectiveNumber(w: ArrayLike<number>): number {
  let sum = 0;
  let square = 0;
  for (let i = 0; i < w.length; i++) {
    sum += w[i];
    square += w[i] * w[i];
  }
  return square === 0 ? 0 : (sum * sum) / square;
}

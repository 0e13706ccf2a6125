/** Kish's effective number of answers: (Σ w)² / Σ w². */
export function effectiveNumber(w: ArrayLike<number>): number {
  let sum = 0;
  let square = 0;
  for (let i = 0; i < w.length; i++) {
    sum += w[i];
    square += w[i] * w[i];
  }
  return square === 0 ? 0 : (sum * sum) / square;
}

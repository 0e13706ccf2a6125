/**
 * Logits and probabilities have different types, so that a calibrator cannot be given the wrong one. The brands exist
 * only for the compiler; at run time both are plain Float64Arrays.
 */
declare const brand: unique symbol;

/** Log-odds, any real number. */
export type Logits = Float64Array & { readonly [brand]?: 'logit' };

/** Probabilities in [0, 1]. */
export type Probabilities = Float64Array & { readonly [brand]?: 'probability' };

/** σ(x) = 1 / (1 + e^−x), without overflow at either end. */
export function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const e = Math.exp(x);
  return e / (1 + e);
}

/** ln(p / (1 − p)), with p clipped to [1e-12, 1 − 1e-12]. */
export function logit(p: number): number {
  const q = Math.min(Math.max(p, 1e-12), 1 - 1e-12);
  return Math.log(q / (1 - q));
}

/** ln(1 + e^x), without overflow. */
export function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

/** Log-loss of a label y in [0, 1] at logit z, in nats: softplus(z) − y·z. */
export function logLossOfLogit(z: number, y: number): number {
  return softplus(z) - y * z;
}

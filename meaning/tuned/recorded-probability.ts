/**
 * A logit as the score that records keep: 1 / (1 + e^−z) with six decimals. Training and scoring round alike, so records
 * that are read again give the same signals.
 */
export function recordedProbability(z: number): number {
  return Math.round(1e6 / (1 + Math.exp(-z))) / 1e6;
}

/**
 * δ = 1 − confidence, as a person would write it: 0.05 for a confidence of 0.95, and not 0.050000000000000044.
 */
export function deltaOf(confidence: number): number {
  return Number((1 - confidence).toFixed(15)) || 1 - confidence;
}

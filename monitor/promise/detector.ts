/** State of a Shiryaev–Roberts e-detector: one statistic per stake. */
export type Detector = number[];

export function startDetector(stakes: readonly number[]): Detector {
  return stakes.map(() => 0);
}

/**
 * One more drawn question: M ← (M + 1) · (1 + λ·gain) for each stake λ. The mean over the stakes is an e-detector of
 * the class "each question's mean error is at most α": if one raises an alarm as soon as the mean reaches c, the average
 * number of drawn questions until a false alarm is at least c. It forgets the past, so it finds a recent change that an
 * average since certification hides. Source: Shin, Ramdas & Rinaldo 2023, "E-detectors", section 2.3 (SR, Theorem 2.4) and
 * section 4 (mixtures).
 */
export function afterQuestion(detector: Detector, stakes: readonly number[], gain: number): Detector {
  return detector.map((m, k) => (m + 1) * (1 + stakes[k] * gain));
}

export function detectorMean(detector: Detector): number {
  return detector.reduce((sum, m) => sum + m, 0) / detector.length;
}

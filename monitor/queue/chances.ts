/** What is to be drawn: the gain from each label, the number of labels wanted, the smallest chance. */
interface Wanted {
  gains: readonly number[];
  labels: number;
  floor: number;
}

/**
 * The chance of each answer to be drawn, proportional to its gain: c · gain, at least `floor`, at most 1, with c such
 * that the chances add up to `labels`. With a gain that is the deviation of what a label would correct, these chances
 * make the estimate vary least (Neyman 1934; Zrnic & Candès 2024, "Active statistical inference", section 3). All are 1
 * if there are no more answers than labels. Needs labels ≥ floor · answers.
 */
export function chancesFor({ gains, labels, floor }: Wanted): Float64Array {
  const n = gains.length;
  const at = (c: number) => Float64Array.from(gains, (gain) => Math.min(1, Math.max(floor, c * gain)));
  if (labels >= n) return new Float64Array(n).fill(1);
  const sum = (chances: Float64Array) => chances.reduce((total, chance) => total + chance, 0);
  let low = 0;
  let high = 1;
  while (sum(at(high)) < labels) high *= 2;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (sum(at(middle)) < labels) low = middle;
    else high = middle;
  }
  return at(high);
}

/**
 * The deviation of error − α of an accepted answer that is right with this probability: what its label tells about the
 * promise. √(r(1 − α)² + (1 − r)α²), r = 1 − probability.
 */
export function promiseGain(probability: number, alpha: number): number {
  const r = Math.min(0.99, Math.max(0.01, 1 - probability));
  return Math.sqrt(r * (1 - alpha) ** 2 + (1 - r) * alpha ** 2);
}

/** The deviation of right or wrong, √(p(1 − p)): what a label tells about calibration. */
export function calibrationGain(probability: number): number {
  const p = Math.min(0.99, Math.max(0.01, probability));
  return Math.sqrt(p * (1 - p));
}

const LEAST = 1e-9;

/**
 * Expected log-loss of each row minus that of its true probability, in nats (the Kullback–Leibler divergence). It needs
 * no drawn label, so it has far less noise than a loss on labels.
 */
export function lossesAbove(truth: Float64Array, rows: Int32Array, logits: ArrayLike<number>): Float64Array {
  return Float64Array.from(rows, (row, i) => {
    const p = truth[row];
    const q = Math.min(Math.max(1 / (1 + Math.exp(-logits[i])), LEAST), 1 - LEAST);
    return p * Math.log(p / q) + (1 - p) * Math.log((1 - p) / (1 - q));
  });
}

/** The mean of a − b with its 95% interval over questions: normal, from sums by question. */
export function differenceOf(
  a: Float64Array,
  b: Float64Array,
  { rows, group }: { rows: Int32Array; group: Int32Array },
): string {
  const mean = meanOf(a) - meanOf(b);
  const sums = new Map<number, number>();
  rows.forEach((row, i) => {
    sums.set(group[row], (sums.get(group[row]) ?? 0) + a[i] - b[i] - mean);
  });
  const error = Math.sqrt([...sums.values()].reduce((total, each) => total + each * each, 0)) / a.length;
  const text = (value: number) => `${value >= 0 ? '+' : ''}${value.toFixed(4)}`;
  return `${text(mean)} (${text(mean - 1.96 * error)} to ${text(mean + 1.96 * error)})`;
}

/** Mean of some losses. */
export function meanOf(losses: Float64Array): number {
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}

/** A row for which the model is sure of the opposite of the label. */
interface Denied {
  row: number;
  /** Out-of-fold probability that the answer is right, and the label that it contradicts. */
  probability: number;
  label: 0 | 1;
}

interface ConfidentRows {
  /** The number of rows with a hard label. Only these are examined. */
  rows: number;
  /**
   * Mean probability of the label's own class over the rows of that class: the threshold for "sure", for right and for
   * wrong.
   */
  sureRight: number;
  sureWrong: number;
  /** Labelled right but surely wrong; labelled wrong but surely right. */
  labelledRight: number;
  labelledWrong: number;
  /** The number of such rows to expect if every label and every probability were correct. */
  expected: number;
  /** The rows with the strongest contradiction, the greatest margin first. */
  denied: Denied[];
}

/**
 * Confident learning. A row is sure of a class if its out-of-fold probability reaches the mean over rows with that
 * label, t_j = mean p(j) over y = j. Off the diagonal of the confident joint are rows that are sure of a class that is
 * not their label (of the likelier class if they are sure of both). They are ranked by the margin |2p − 1|. Soft labels
 * are left out. With one class only, thresholds are NaN. Source: Northcutt, Jiang & Chuang 2021, "Confident Learning",
 * sec. 3.1; ranking by "normalised margin".
 */
export function confidentRows(
  rows: Int32Array,
  probability: Float64Array,
  y: Float64Array,
  most: number,
): ConfidentRows {
  const hard = Int32Array.from(rows.keys()).filter((i) => y[rows[i]] === 0 || y[rows[i]] === 1);
  const right = hard.filter((i) => y[rows[i]] === 1);
  const wrong = hard.filter((i) => y[rows[i]] === 0);
  const sureRight = right.reduce((sum, i) => sum + probability[i], 0) / right.length;
  const sureWrong = wrong.reduce((sum, i) => sum + 1 - probability[i], 0) / wrong.length;
  const denied: Denied[] = [];
  let expected = 0;
  for (const i of hard) {
    const p = probability[i];
    const isSureRight = p >= sureRight && (p > 0.5 || 1 - p < sureWrong);
    const isSureWrong = 1 - p >= sureWrong && (p <= 0.5 || p < sureRight);
    if (isSureRight) expected += 1 - p;
    else if (isSureWrong) expected += p;
    const label = y[rows[i]] as 0 | 1;
    if (label === 0 ? isSureRight : isSureWrong) denied.push({ row: rows[i], probability: p, label });
  }
  const labelledRight = denied.filter(({ label }) => label === 1).length;
  denied.sort((a, b) => Math.abs(2 * b.probability - 1) - Math.abs(2 * a.probability - 1) || a.row - b.row);
  return {
    rows: hard.length,
    sureRight,
    sureWrong,
    labelledRight,
    labelledWrong: denied.length - labelledRight,
    expected,
    denied: denied.slice(0, most),
  };
}

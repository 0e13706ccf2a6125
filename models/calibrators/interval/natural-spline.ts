/** Function from a logit to the columns of a curve: k numbers for one logit. */
type Columns = (z: number) => Float64Array;

/**
 * Natural cubic spline with k knots as k columns, straight outside the knots: 1, z and (k − 2) curves. They are made
 * orthonormal over the weighted answers (Gram–Schmidt, twice), so that the first column is the level where the weight
 * is, the second the slope, and no column repeats another. A column that is constant over the answers is 0 on them.
 * Source: Harrell 2015, ch. 2.4.5 (restricted cubic splines). O(n·k²).
 */
export function naturalSpline(knots: readonly number[], z: Float64Array, weight: Float64Array): Columns {
  const k = knots.length;
  const total = weight.reduce((sum, w) => sum + w, 0);
  const raw = Array.from({ length: k }, () => new Float64Array(z.length));
  z.forEach((at, i) => {
    const row = restricted(knots, at);
    for (let j = 0; j < k; j++) raw[j][i] = row[j];
  });
  const mixes: Float64Array[] = [];
  const columns: Float64Array[] = [];
  for (let j = 0; j < k; j++) {
    const mix = new Float64Array(k);
    mix[j] = 1;
    const column = raw[j];
    for (let pass = 0; pass < 2; pass++) {
      for (let l = 0; l < j; l++) {
        const along = columns[l].reduce((sum, v, i) => sum + weight[i] * v * column[i], 0) / total;
        for (let i = 0; i < column.length; i++) column[i] -= along * columns[l][i];
        for (let m = 0; m < k; m++) mix[m] -= along * mixes[l][m];
      }
    }
    const size = Math.sqrt(column.reduce((sum, v, i) => sum + weight[i] * v * v, 0) / total);
    const by = size > 1e-9 ? 1 / size : 1;
    columns.push(column.map((v) => by * v));
    mixes.push(mix.map((v) => by * v));
  }
  return (at) => {
    const row = restricted(knots, at);
    return Float64Array.from(mixes, (mix) => mix.reduce((sum, by, m) => sum + by * row[m], 0));
  };
}

/** The logits below which these `shares` of the weight are. */
export function quantiles(z: Float64Array, weight: Float64Array, shares: readonly number[]): number[] {
  const order = Int32Array.from(z.keys()).sort((a, b) => z[a] - z[b]);
  const total = weight.reduce((sum, w) => sum + w, 0);
  let below = 0;
  let i = -1;
  return shares.map((share) => {
    while (i + 1 < order.length && (i < 0 || below < share * total)) below += weight[order[++i]];
    return z[order[i]] ?? 0;
  });
}

/**
 * Sorted knots, each at least a twentieth of their range away from the one before. If all are the same, two knots
 * around that value.
 */
export function spaced(knots: readonly number[]): number[] {
  const sorted = [...knots].sort((a, b) => a - b);
  const span = sorted[sorted.length - 1] - sorted[0];
  if (span < 1e-2) return [sorted[0] - 1, sorted[0] + 1];
  const kept = [sorted[0]];
  for (const knot of sorted) if (knot - kept[kept.length - 1] > span / 20) kept.push(knot);
  return kept;
}

/** 1, z, and the curves that are cubic between the knots and straight outside. */
function restricted(t: readonly number[], z: number): number[] {
  const k = t.length;
  const last = t[k - 1] - t[k - 2];
  const scale = (t[k - 1] - t[0]) ** 2;
  const cube = (x: number) => (x > 0 ? x ** 3 : 0);
  const row = [1, z];
  for (let j = 0; j + 2 < k; j++) {
    const bent = cube(z - t[k - 2]) * (t[k - 1] - t[j]) - cube(z - t[k - 1]) * (t[k - 2] - t[j]);
    row.push((cube(z - t[j]) - bent / last) / scale);
  }
  return row;
}

/**
 * Adds Σ_i scale[i]·W[row_i] for the first `count` rows of W [·, width] to `into`; four rows at a time, so that sums are stored
 * less often. It runs for every layer of every row, so its arguments are positional.
 */
export function addRows(
  weights: Float64Array,
  width: number,
  rows: Int32Array,
  scale: Float64Array,
  count: number,
  into: Float64Array,
): void {
  let i = 0;
  for (; i + 3 < count; i += 4) {
    const [p, q, r, s] = [rows[i] * width, rows[i + 1] * width, rows[i + 2] * width, rows[i + 3] * width];
    const [a, b, c, d] = [scale[i], scale[i + 1], scale[i + 2], scale[i + 3]];
    for (let h = 0; h < width; h++)
      into[h] += a * weights[p + h] + b * weights[q + h] + c * weights[r + h] + d * weights[s + h];
  }
  for (; i < count; i++) {
    const p = rows[i] * width;
    for (let h = 0; h < width; h++) into[h] += scale[i] * weights[p + h];
  }
}

/**
 * W[row_i]·v for the first `count` rows of W [·, width], into `out`; four rows at a time, so that v is loaded less often. Its
 * arguments are positional for the same reason.
 */
export function dotRows(
  weights: Float64Array,
  width: number,
  rows: Int32Array,
  count: number,
  v: Float64Array,
  out: Float64Array,
): void {
  let i = 0;
  for (; i + 3 < count; i += 4) {
    const [p, q, r, s] = [rows[i] * width, rows[i + 1] * width, rows[i + 2] * width, rows[i + 3] * width];
    let [a, b, c, d] = [0, 0, 0, 0];
    for (let h = 0; h < width; h++) {
      const by = v[h];
      a += weights[p + h] * by;
      b += weights[q + h] * by;
      c += weights[r + h] * by;
      d += weights[s + h] * by;
    }
    out[i] = a;
    out[i + 1] = b;
    out[i + 2] = c;
    out[i + 3] = d;
  }
  for (; i < count; i++) {
    const p = rows[i] * width;
    let sum = 0;
    for (let h = 0; h < width; h++) sum += weights[p + h] * v[h];
    out[i] = sum;
  }
}

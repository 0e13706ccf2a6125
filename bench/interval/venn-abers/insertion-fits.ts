/**
 * For each of k ascending steps: the isotonic fit at the step after one right answer of weight 1 is added to it.
 * Between steps i − 1 and i the fit is that of i; above the last step it is 1. The added answer moves along the
 * cumulative sums of weight (x) and right answers (y), one step at a time; the corners of their greatest convex
 * minorant ahead of it are kept on a stack. Source: Vovk, Petej & Fedorova 2015, algorithms 1 and 2. O(k).
 */
export function insertionFits(weight: number[], right: number[]): Float64Array {
  const k = weight.length;
  const x = new Float64Array(k + 2); // P_{−1}, P_0, …, P_k of the paper, shifted by one
  const y = new Float64Array(k + 2);
  x[0] = -1;
  y[0] = -1;
  for (let i = 0; i < k; i++) {
    x[i + 2] = x[i + 1] + weight[i];
    y[i + 2] = y[i + 1] + right[i];
  }
  /** Twice the area of the triangle a, b, c; positive if the path a → b → c turns left. */
  const turn = (a: number, b: number, c: number) => (x[b] - x[a]) * (y[c] - y[a]) - (y[b] - y[a]) * (x[c] - x[a]);
  const corners: number[] = []; // the nearest corner ahead is on top
  for (let i = k + 1; i >= 0; i--) push(i);

  function push(i: number): void {
    while (corners.length > 1 && turn(i, corners[corners.length - 1], corners[corners.length - 2]) <= 0) corners.pop();
    corners.push(i);
  }

  const fits = new Float64Array(k);
  for (let i = 0; i < k; i++) {
    const from = corners[corners.length - 1];
    const to = corners[corners.length - 2];
    fits[i] = Math.min((y[to] - y[from]) / (x[to] - x[from]), 1);
    const at = i + 1; // where the added answer began its step; it changes places with the answers of step i
    x[at] = x[at - 1] + weight[i];
    y[at] = y[at - 1] + right[i];
    if (turn(from, to, at) >= 0) continue; // not below the line: no corner
    corners.pop();
    push(at);
  }
  return fits;
}

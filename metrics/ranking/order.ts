/** Row numbers by ascending value; equal values keep their order. O(n log n). */
export function ascending(values: Float64Array): Int32Array {
  return Int32Array.from(values.keys()).sort((a, b) => values[a] - values[b]);
}

/** Row numbers by descending value; equal values keep their order. */
export function descending(values: Float64Array): Int32Array {
  return Int32Array.from(values.keys()).sort((a, b) => values[b] - values[a]);
}

/** Ends (exclusive) of the runs of equal values along an order. */
export function tieEnds(values: Float64Array, order: Int32Array): Int32Array {
  const ends: number[] = [];
  for (let i = 0; i < order.length; i++) {
    if (i + 1 === order.length || values[order[i + 1]] !== values[order[i]]) ends.push(i + 1);
  }
  return Int32Array.from(ends);
}

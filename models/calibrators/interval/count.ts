import type { Graph } from '../../onnx/graph.js';

/** How many of every `stride`-th value of the ascending `at` are ≤ z. O(log k). */
export function countUpTo(at: ArrayLike<number>, stride: number, z: number): number {
  return firstWhere(at.length / stride, (i) => at[i * stride] > z);
}

/** How many of the ascending `at` are < z. O(log k). */
export function countBelow(at: ArrayLike<number>, z: number): number {
  return firstWhere(at.length, (i) => at[i] >= z);
}

/** The first i of 0…k−1 for which `holds`; k if there is none. From there on `holds` must be true. */
function firstWhere(k: number, holds: (i: number) => boolean): number {
  let low = 0;
  let high = k;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * The same as nodes of a graph: z [n] in, int64 [n] out. `GreaterOrEqual` counts values ≤ z, `Greater` values < z.
 * O(n·k).
 */
export function emitCount(
  graph: Graph,
  at: ArrayLike<number>,
  z: string,
  reached: 'GreaterOrEqual' | 'Greater',
): string {
  const column = graph.op('Unsqueeze', [z, graph.ints([1], [1])]); // [n, 1]
  const flags = graph.op(reached, [column, graph.floats(at, [1, at.length])]); // [n, k]
  return graph.op('ReduceSum', [graph.op('Cast', [flags], { to: 7 }), graph.ints([1], [1])], { keepdims: 0 }); // [n]
}

import type { CategoricalSignal } from '../../../features/schema.js';
import type { Graph } from '../../onnx/graph.js';

/**
 * How the slice (model, task) of a row follows from its categories: slice = Σ strides·categories − 1, in −1…count − 1.
 */
export interface SliceIndex {
  strides: number[];
  count: number;
}

/** The slices of a schema: by model and task, or by whichever of them varies. One slice if neither does. */
export function sliceIndexOf(categorical: CategoricalSignal[]): SliceIndex {
  const strides = categorical.map(() => 0);
  let size = 1;
  categorical.forEach(({ name, vocabulary }, k) => {
    if (name !== 'model' && name !== 'task') return;
    strides[k] = size;
    size *= vocabulary.length + 1;
  });
  return { strides, count: size - 1 };
}

/**
 * The slice of the row whose category indexes begin at `at`. A slice that training has not seen gets the pooled line.
 */
export function sliceAt({ strides }: SliceIndex, categories: Int32Array, at: number): number {
  let slice = -1;
  for (let k = 0; k < strides.length; k++) slice += strides[k] * categories[at + k];
  return slice;
}

/**
 * The same for fitting: −1 also if only the model or only the task is unseen or rare, so that new ones later get the
 * pooled line.
 */
export function fittedSlice(index: SliceIndex, categories: Int32Array, at: number): number {
  const isKnown = index.strides.every((stride, k) => stride === 0 || categories[at + k] > 0);
  return isKnown ? sliceAt(index, categories, at) : -1;
}

/** categories int64 [n, c] in, slice + 1 [n] out, as `emitSliceLines` takes it. */
export function emitSlice(graph: Graph, { strides }: SliceIndex, categories: string): string {
  const weighted = graph.op('Mul', [categories, graph.ints(strides, [1, strides.length])]); // [n, c]
  return graph.op('ReduceSum', [weighted, graph.ints([1], [1])], { keepdims: 0 }); // [n]
}

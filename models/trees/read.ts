import type { TreesLayout } from '../layout.js';
import type { ReadModel } from '../onnx/read.js';
import type { Trees } from './trees.js';

/** Trees without the parts that only training and reasons need. */
export type RowTrees = Omit<Trees, 'covers'>;

/** Reads the trees of a graph that vouch wrote from its constants. Throws RangeError if a constant is missing. */
export function readTrees({ floats, ints }: ReadModel, { depth, bias, ...names }: TreesLayout): RowTrees {
  const named = <Values>(map: Map<string, Values>, name: string): Values => {
    const values = map.get(name);
    if (values === undefined) throw new RangeError(`the model has no constant ${name}`);
    return values;
  };
  return {
    depth,
    columns: named(ints, names.columns),
    thresholds: named(floats, names.thresholds),
    leaves: named(floats, names.leaves),
    bias,
  };
}

/** The same with the covers of the leaves, which are in the layout. */
export function readCoveredTrees(model: ReadModel, layout: TreesLayout): Trees {
  const { buffer } = Uint8Array.from(Buffer.from(layout.covers, 'base64'));
  return { ...readTrees(model, layout), covers: new Float32Array(buffer) };
}

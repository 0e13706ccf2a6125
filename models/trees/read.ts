import type { TreesLayout } from '../layout.js';
import type { ReadModel } from '../onnx/read.js';
import type { RowTrees } from './row.js';

/** Trees of a graph written here, from its own constants. Throws RangeError where one of them is missing. */
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

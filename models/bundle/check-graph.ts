import { EMBEDDINGS } from '../../features/vectors/embeddings.js';
import { VouchError } from '../../support/errors.js';
import { OPSET } from '../onnx/graph.js';
import { type Constant, type GraphParts, graphParts } from '../onnx/parts.js';
import { resultSizes } from '../onnx/shapes.js';

/** Limits for a graph, far above what training writes. */
const most = {
  nodes: 20_000,
  /** Bytes of all constants. */
  constants: 256 * 1024 * 1024,
  rank: 6,
  /**
   * Rows that the scorer runs at a time, largest count of numbers in one result for that many rows, and in all results
   * together.
   */
  rows: 1024,
  result: 2 ** 28,
  results: 2 ** 32,
} as const;

/** Bytes per element by onnx.TensorProto.DataType: float32, int32, int64, bool, float64. */
const widths: Record<number, number> = { 1: 4, 6: 4, 7: 8, 9: 1, 11: 8 };

const inputs = new Set(['features', 'categories', 'words']);
const outputs = ['high', 'logit', 'low', 'probability', 'shift'];

/**
 * Checks a bundle's graph before a runtime loads it: only operators that vouch writes, so no loop, no branch and no
 * external file; constants as large as they claim to be; results of limited size. Error: BUNDLE_BAD.
 */
export function checkGraph(bytes: Uint8Array, file: string): void {
  try {
    check(graphParts(bytes));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new VouchError('BUNDLE_BAD', `this is not the graph of a bundle: ${reason}`, { file, cause: error });
  }
}

function check(graph: GraphParts): void {
  const { opset, nodes, constants } = graph;
  if (opset !== OPSET) throw new RangeError(`its operators are of version ${opset}, not ${OPSET}`);
  if (nodes.length > most.nodes) throw new RangeError(`it has more than ${most.nodes} nodes`);
  let bytes = 0;
  for (const [name, constant] of constants) {
    checkConstant(name, constant);
    bytes += constant.raw.length;
  }
  if (bytes > most.constants) throw new RangeError(`its constants take more than ${most.constants} bytes`);
  const names = graph.outputs.map(({ name }) => name).sort();
  if (names.join() !== outputs.join()) throw new RangeError(`its outputs are ${names.join(', ')}`);
  for (const { name, shape } of graph.inputs) {
    if (!(inputs.has(name) || name.startsWith(`${EMBEDDINGS}.`)) || shape.length !== 2)
      throw new RangeError(`it has an input ${name} that no bundle has`);
  }
  let all = 0;
  for (const size of resultSizes(graph, most.rows)) {
    all += size;
    if (!(size <= most.result && all <= most.results)) throw new RangeError('its results take too much memory');
  }
}

function checkConstant(name: string, { shape, type, raw }: Constant): void {
  const width = widths[type];
  if (width === undefined) throw new RangeError(`the constant ${name} has a type that vouch does not write`);
  if (shape.length > most.rank || !shape.every((size) => size >= 0))
    throw new RangeError(`the constant ${name} has no shape`);
  const size = shape.reduce((product, length) => product * length, width);
  if (size !== raw.length)
    throw new RangeError(`the constant ${name} has ${raw.length} bytes, but its shape needs ${size}`);
}

import type { Constant, GraphNode, GraphParts } from './parts.js';

type Shape = readonly number[];

/** Elementwise operators: they give one number for each number they read; inputs are broadcast against each other. */
const elementwise = new Set(
  'Add Cast Clip Div Greater GreaterOrEqual IsNaN Max Min Mul Neg Not Relu Sigmoid Softplus Sqrt Sub Tanh Where'.split(
    ' ',
  ),
);

/** Shape of a node's result, for every other operator that a bundle's graph may use. */
const others: Record<string, (node: GraphNode, shapes: Shape[], known: ReadonlyMap<string, Constant>) => Shape> = {
  MatMul: (_, [a, b]) => product(a, b),
  Gather: ({ attributes }, [data, indices]) => {
    const axis = axisOf(attributes.get('axis')?.[0] ?? 0, data.length);
    return [...data.slice(0, axis), ...indices, ...data.slice(axis + 1)];
  },
  GatherElements: (_, [, indices]) => indices,
  Concat: ({ attributes }, shapes) => {
    const axis = axisOf(attributes.get('axis')?.[0] ?? 0, shapes[0].length);
    return shapes[0].map((size, k) => (k === axis ? shapes.reduce((sum, shape) => sum + (shape[axis] ?? 0), 0) : size));
  },
  ReduceSum: reduced,
  ReduceL2: reduced,
  Squeeze: (node, [data], known) => {
    const gone = axesOf(node, known, data.length);
    return data.filter((_, k) => !gone.has(k));
  },
  Unsqueeze: (node, [data], known) => {
    const rank = data.length + (known.get(node.inputs[1])?.shape[0] ?? 1);
    const more = axesOf(node, known, rank);
    const rest = [...data];
    return Array.from({ length: rank }, (_, k) => (more.has(k) ? 1 : (rest.shift() ?? 1)));
  },
};

/**
 * The operators that a bundle's graph may use: those that `emitModel` writes. None of them loops, and none has a result
 * whose shape depends on data.
 */
export const operators: ReadonlySet<string> = new Set([...elementwise, ...Object.keys(others)]);

/**
 * Count of numbers in the result of each node, with `rows` as the length of every named dimension. Nodes are in the
 * order in which they run. Throws RangeError if an operator is not one of `operators` or reads something that does not
 * exist.
 */
export function* resultSizes({ nodes, constants, inputs }: GraphParts, rows: number): Generator<number> {
  const shapes = new Map<string, Shape>();
  for (const [name, { shape }] of constants) shapes.set(name, shape);
  for (const { name, shape } of inputs)
    shapes.set(
      name,
      shape.map((size) => (typeof size === 'number' ? size : rows)),
    );
  for (const node of nodes) {
    const read = node.inputs.map((name) => {
      const shape = shapes.get(name);
      if (shape === undefined) throw new RangeError(`an operator reads ${name}, which does not exist before it`);
      return shape;
    });
    if (read.length === 0 || node.outputs.length !== 1)
      throw new RangeError(`${node.type} needs at least one input and exactly one output`);
    if (!operators.has(node.type)) throw new RangeError(`the operator ${node.type} is not one that vouch writes`);
    const shape = elementwise.has(node.type) ? broadcast(read) : others[node.type](node, read, constants);
    shapes.set(node.outputs[0], shape);
    yield shape.reduce((size, length) => size * length, 1);
  }
}

function broadcast(shapes: Shape[]): Shape {
  const rank = shapes.reduce((most, shape) => Math.max(most, shape.length), 0);
  return Array.from({ length: rank }, (_, k) =>
    shapes.reduce((most, shape) => Math.max(most, shape[k - rank + shape.length] ?? 1), 0),
  );
}

function product(a: Shape, b: Shape): Shape {
  const batch = broadcast([a.slice(0, -2), b.slice(0, -2)]);
  return [...batch, ...(a.length > 1 ? [a[a.length - 2]] : []), ...(b.length > 1 ? [b[b.length - 1]] : [])];
}

function reduced(node: GraphNode, [data]: Shape[], known: ReadonlyMap<string, Constant>): Shape {
  const gone = axesOf(node, known, data.length);
  const keeps = (node.attributes.get('keepdims')?.[0] ?? 1) === 1;
  return data.flatMap((size, k) => (gone.has(k) ? (keeps ? [1] : []) : [size]));
}

/** The axes that a node's second input gives: an int64 constant. */
function axesOf({ type, inputs }: GraphNode, known: ReadonlyMap<string, Constant>, rank: number): Set<number> {
  const constant = known.get(inputs[1]);
  if (constant === undefined) throw new RangeError(`${type} has no constant axes`);
  const view = new DataView(constant.raw.buffer, constant.raw.byteOffset, constant.raw.byteLength);
  const axes = Array.from({ length: constant.raw.byteLength >> 3 }, (_, i) => Number(view.getBigInt64(8 * i, true)));
  return new Set(axes.map((axis) => axisOf(axis, rank)));
}

function axisOf(axis: number, rank: number): number {
  const at = axis < 0 ? axis + rank : axis;
  if (!(at >= 0 && at < rank)) throw new RangeError('an operator names an axis that does not exist');
  return at;
}

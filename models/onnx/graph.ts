import { bytes, float, int, join, string } from './protobuf.js';

/** Element types of onnx.TensorProto.DataType that the graphs here use. */
const dataType = { float32: 1, int32: 6, int64: 7, bool: 9, float64: 11 } as const;
type ElementType = keyof typeof dataType;

/** A dimension: a fixed length or a named one (`n` rows). */
type Dimension = number | string;

type Attribute = number | { float: number } | number[];

/** Operator set of the graphs: 18 has everything used here, and every runtime in use supports it. */
export const OPSET = 18;
const IR_VERSION = 8;

/**
 * Writes an ONNX model. Nodes are added in the order in which they run. Every call returns the name of its result, so
 * that code that writes a graph reads like the arithmetic. Source: onnx.proto3 of ONNX 1.13 (IR 8, opset 18).
 */
export class Graph {
  private readonly nodes: Node[] = [];
  private readonly renamed = new Map<string, string>();
  private readonly initializers: Uint8Array[] = [];
  private readonly inputs: Uint8Array[] = [];
  private readonly outputs: Uint8Array[] = [];
  private readonly metadata: Uint8Array[] = [];
  private readonly constants = new Map<string, string>();
  private counter = 0;

  constructor(private readonly name: string) {}

  input(name: string, type: ElementType, shape: Dimension[]): string {
    this.inputs.push(valueInfo(name, type, shape));
    return name;
  }

  /** Names `value`, the result of a node, as an output of the graph. */
  output(name: string, value: string, type: ElementType, shape: Dimension[]): void {
    this.renamed.set(value, name);
    this.outputs.push(valueInfo(name, type, shape));
  }

  /** A float32 constant of the given shape, row-major. */
  floats(values: ArrayLike<number>, shape: number[], label = 'c'): string {
    const data = Float32Array.from(values);
    return this.constant('float32', new Uint8Array(data.buffer), shape, data.length, label);
  }

  /** A float64 constant of the given shape, row-major. */
  doubles(values: ArrayLike<number>, shape: number[], label = 'd'): string {
    const data = Float64Array.from(values);
    return this.constant('float64', new Uint8Array(data.buffer), shape, data.length, label);
  }

  /** An int64 constant of the given shape. */
  ints(values: ArrayLike<number>, shape: number[], label = 'i'): string {
    const data = BigInt64Array.from(Array.from(values, (value) => BigInt(value)));
    return this.constant('int64', new Uint8Array(data.buffer), shape, data.length, label);
  }

  scalar(value: number): string {
    return this.floats([value], [], 's');
  }

  /** Adds a node with one result and returns its name. */
  op(type: string, inputs: string[], attributes: Record<string, Attribute> = {}): string {
    const result = `${type}_${this.counter++}`;
    this.nodes.push({ type, inputs, outputs: [result], attributes });
    return result;
  }

  /** Adds a node with several results and returns their names. */
  ops(type: string, inputs: string[], results: number, attributes: Record<string, Attribute> = {}): string[] {
    const id = this.counter++;
    const names = Array.from({ length: results }, (_, i) => `${type}_${id}_${i}`);
    this.nodes.push({ type, inputs, outputs: names, attributes });
    return names;
  }

  /** Key and value stored in the model's metadata_props. */
  note(key: string, value: string): void {
    this.metadata.push(bytes(14, join([string(1, key), string(2, value)])));
  }

  encode(producer = 'vouch', version = ''): Uint8Array {
    const graph = join([
      ...this.nodes.map((part) => bytes(1, node(part, this.renamed))),
      string(2, this.name),
      ...this.initializers.map((part) => bytes(5, part)),
      ...this.inputs.map((part) => bytes(11, part)),
      ...this.outputs.map((part) => bytes(12, part)),
    ]);
    return join([
      int(1, IR_VERSION),
      string(2, producer),
      string(3, version),
      bytes(7, graph),
      bytes(8, join([string(1, ''), int(2, OPSET)])),
      ...this.metadata,
    ]);
  }

  private constant(type: ElementType, raw: Uint8Array, shape: number[], length: number, label: string): string {
    const expected = shape.reduce((product, size) => product * size, 1);
    if (length !== expected)
      throw new RangeError(`constant of shape [${shape}] needs ${expected} values, got ${length}`);
    const key = length <= 8 ? `${type}/${shape.join('x')}/${raw.join(',')}` : '';
    const known = key === '' ? undefined : this.constants.get(key);
    if (known !== undefined) return known;
    const name = `${label}_${this.counter++}`;
    if (key !== '') this.constants.set(key, name);
    this.initializers.push(
      join([...shape.map((size) => int(1, size)), int(2, dataType[type]), string(8, name), bytes(9, raw)]),
    );
    return name;
  }
}

interface Node {
  type: string;
  inputs: string[];
  outputs: string[];
  attributes: Record<string, Attribute>;
}

function node({ type, inputs, outputs, attributes }: Node, renamed: Map<string, string>): Uint8Array {
  const nameOf = (value: string) => renamed.get(value) ?? value;
  return join([
    ...inputs.map((input) => string(1, nameOf(input))),
    ...outputs.map((output) => string(2, nameOf(output))),
    string(3, outputs[0]),
    string(4, type),
    ...Object.entries(attributes).map(([key, value]) => bytes(5, attribute(key, value))),
  ]);
}

function attribute(name: string, value: Attribute): Uint8Array {
  const kinds = { float: 1, int: 2, ints: 7 };
  if (typeof value === 'number') return join([string(1, name), int(3, value), int(20, kinds.int)]);
  if (Array.isArray(value)) return join([string(1, name), ...value.map((v) => int(8, v)), int(20, kinds.ints)]);
  return join([string(1, name), float(2, value.float), int(20, kinds.float)]);
}

function valueInfo(name: string, type: ElementType, shape: Dimension[]): Uint8Array {
  const dimensions = shape.map((size) => bytes(1, typeof size === 'number' ? int(1, size) : string(2, size)));
  const tensor = join([int(1, dataType[type]), bytes(2, join(dimensions))]);
  return join([string(1, name), bytes(2, bytes(1, tensor))]);
}

import { type Message, parseModel } from './parse.js';

/** A constant of a graph: its shape, its element type, its bytes. */
export interface Constant {
  shape: number[];
  type: number;
  raw: Uint8Array;
}

/** An input or output. A dimension without a number has a name. */
interface Declared {
  name: string;
  type: number;
  shape: (number | string)[];
}

export interface GraphNode {
  type: string;
  inputs: string[];
  outputs: string[];
  attributes: Map<string, number[]>;
}

export interface GraphParts {
  opset: number;
  nodes: GraphNode[];
  constants: Map<string, Constant>;
  inputs: Declared[];
  outputs: Declared[];
}

const text = new TextDecoder('utf-8', { fatal: true });

/** The parts of an ONNX model as vouch writes it. Throws RangeError for anything else. */
export function graphParts(bytes: Uint8Array): GraphParts {
  const model = parseModel(bytes);
  const opset = one<Message>(model, 8, 'operator set');
  if (textOf(opset, 1) !== '') throw new RangeError('the model asks for operators of another domain');
  const graph = one<Message>(model, 7, 'graph');
  const constants = new Map<string, Constant>();
  for (const tensor of all<Message>(graph, 5)) {
    const name = textOf(tensor, 8);
    if (constants.has(name)) throw new RangeError(`two constants are called ${name}`);
    constants.set(name, constantOf(tensor));
  }
  return {
    opset: one<number>(opset, 2, 'version of operators'),
    nodes: all<Message>(graph, 1).map(nodeOf),
    constants,
    inputs: all<Message>(graph, 11).map(declaredOf),
    outputs: all<Message>(graph, 12).map(declaredOf),
  };
}

function nodeOf(node: Message): GraphNode {
  const attributes = all<Message>(node, 5).map((attribute): [string, number[]] => {
    const float = attribute.has(2) ? [Number.NaN] : [];
    return [textOf(attribute, 1), [...all<number>(attribute, 3), ...all<number>(attribute, 8), ...float]];
  });
  const names = (field: number) => all<Uint8Array>(node, field).map((name) => text.decode(name));
  return { type: textOf(node, 4), inputs: names(1), outputs: names(2), attributes: new Map(attributes) };
}

function constantOf(tensor: Message): Constant {
  return {
    shape: all(tensor, 1),
    type: one(tensor, 2, 'type of a constant'),
    raw: one(tensor, 9, 'bytes of a constant'),
  };
}

function declaredOf(value: Message): Declared {
  const type = one<Message>(one<Message>(value, 2, 'type'), 1, 'tensor type');
  const dimensions = all<Message>(one<Message>(type, 2, 'shape'), 1);
  return {
    name: textOf(value, 1),
    type: one(type, 1, 'element type'),
    shape: dimensions.map((dimension) =>
      dimension.has(1) ? one<number>(dimension, 1, 'length') : textOf(dimension, 2),
    ),
  };
}

function all<T>(message: Message, field: number): T[] {
  return (message.get(field) ?? []) as T[];
}

/** The value of a field that must occur exactly once. Parsers treat a repeated field differently. */
function one<T>(message: Message, field: number, what: string): T {
  const values = all<T>(message, field);
  if (values.length !== 1)
    throw new RangeError(`the model has ${values.length === 0 ? 'no' : 'more than one'} ${what}`);
  return values[0];
}

function textOf(message: Message, field: number): string {
  return text.decode(one<Uint8Array>(message, field, 'name'));
}

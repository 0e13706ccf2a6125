import { fieldsOf, readModel } from './read.js';

/** A node of a graph that another program wrote. */
interface ForeignNode {
  type: string;
  inputs: string[];
  outputs: string[];
}

/** What is read of such a graph: its nodes in order, and its float32 constants by name, row-major. */
export interface ForeignGraph {
  nodes: ForeignNode[];
  floats: Map<string, Float32Array>;
}

const text = new TextDecoder();

/**
 * Reads nodes and float32 constants of an ONNX graph that another program wrote: initializers, and nodes `Constant`. It
 * ignores everything else, so what it gives is no proof of what the graph computes. Throws RangeError if the file is
 * cut short. Source: onnx.proto3 of ONNX 1.13.
 */
export function readForeign(bytes: Uint8Array): ForeignGraph {
  const { floats } = readModel(bytes);
  const nodes: ForeignNode[] = [];
  for (const { number, bytes: graph } of fieldsOf(bytes)) {
    if (number !== 7) continue;
    for (const field of fieldsOf(graph)) {
      if (field.number !== 1) continue;
      const parts = fieldsOf(field.bytes);
      const names = (wanted: number) => parts.filter((part) => part.number === wanted).map((part) => part.bytes);
      const [inputs, outputs] = [1, 2].map((each) => names(each).map((name) => text.decode(name)));
      const type = text.decode(names(4)[0]);
      nodes.push({ type, inputs, outputs });
      const values = type === 'Constant' ? constantFloats(names(5)) : undefined;
      if (values !== undefined) floats.set(outputs[0], values);
    }
  }
  return { nodes, floats };
}

/** The values of the attribute `value` of a node `Constant`, if they are float32. */
function constantFloats(attributes: readonly Uint8Array[]): Float32Array | undefined {
  for (const attribute of attributes) {
    const tensor = fieldsOf(attribute).find(({ number }) => number === 5)?.bytes;
    if (tensor === undefined) continue;
    const parts = new Map(fieldsOf(tensor).map(({ number, bytes }) => [number, bytes]));
    const raw = parts.get(9);
    if (parts.get(2)?.[0] === 1 && raw !== undefined) return new Float32Array(new Uint8Array(raw).buffer);
  }
  return undefined;
}

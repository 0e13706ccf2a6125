import type { Layout } from '../layout.js';
import type { Graph } from '../onnx/graph.js';
import { CLIP, type EmbeddingChannel } from './channel.js';
import { emitProbe } from './probe.js';

/** What a graph knows of its embeddings. */
interface EmittedChannel {
  /** [n, 1]. */
  logit: string;
  /** How many vectors each row has: float32 [n, 1]. */
  recorded: string;
  layout: NonNullable<Layout['embeddings']>;
}

/** Emits the channel: its inputs, float32 [n, size] each in the order of its shapes, NaN = missing → logit [n, 1]. */
export function emitEmbeddings(graph: Graph, channel: EmbeddingChannel, inputs: readonly string[]): EmittedChannel {
  const { shapes, width, bias, probe: deep } = channel;
  const all = inputs.length === 1 ? inputs[0] : graph.op('Concat', [...inputs], { axis: 1 }); // [n, D]
  const d = channel.centre.length;
  const centre = graph.floats(channel.centre, [1, d], 'centre');
  const slope = graph.floats(channel.slope, [1, d], 'slope');
  const linear = graph.floats(channel.linear, [d + shapes.length, 1], 'vectors');

  const flags = inputs.map((input) => {
    const unknown = graph.op('Cast', [graph.op('IsNaN', [input])], { to: 1 }); // [n, size]
    const count = graph.op('ReduceSum', [unknown, graph.ints([1], [1])], { keepdims: 1 });
    return graph.op('Min', [count, graph.scalar(1)]); // [n, 1]: 1 = missing
  });
  const missing = flags.length === 1 ? flags[0] : graph.op('Concat', flags, { axis: 1 }); // [n, vectors]
  const member = new Float32Array(shapes.length * d);
  let at = 0;
  shapes.forEach(({ size }, k) => {
    member.fill(1, k * d + at, k * d + at + size);
    at += size;
  });
  const hidden = graph.op('MatMul', [missing, graph.floats(member, [shapes.length, d])]); // [n, D]: 1 = missing
  const isHidden = graph.op('Greater', [hidden, graph.scalar(0)]);
  const scaled = graph.op('Mul', [graph.op('Sub', [all, centre]), slope]); // [n, D]
  const clipped = graph.op('Clip', [scaled, graph.scalar(-CLIP), graph.scalar(CLIP)]);
  const x = graph.op('Concat', [graph.op('Where', [isHidden, graph.scalar(0), clipped]), missing], { axis: 1 });
  const straight = graph.op('Add', [graph.op('MatMul', [x, linear]), graph.scalar(bias)]); // [n, 1]
  const probe = deep == null ? null : emitProbe(graph, deep, x);
  const projection = width === 0 ? null : emitProjection(graph, channel, x);
  const lost = graph.op('ReduceSum', [missing, graph.ints([1], [1])], { keepdims: 1 }); // [n, 1]
  const summands = [projection, probe].flatMap((part) => (part === null ? [] : [part.logit]));
  return {
    logit: summands.reduce((sum, part) => graph.op('Add', [sum, part]), straight),
    recorded: graph.op('Sub', [graph.scalar(shapes.length), lost]),
    layout: {
      shapes,
      centre,
      slope,
      linear,
      bias,
      width,
      projection: projection?.layout ?? null,
      probe: probe?.layout,
    },
  };
}

/** The hidden units and their sum, [n, 1]. */
function emitProjection(graph: Graph, { width, ...channel }: EmbeddingChannel, x: string) {
  const weights = graph.floats(channel.weights, [channel.weights.length / width, width], 'projection');
  const biases = graph.floats(channel.biases, [1, width], 'biases');
  const heads = graph.floats(channel.heads, [width, 1], 'heads');
  const sums = graph.op('Add', [graph.op('MatMul', [x, weights]), biases]); // [n, width]
  const units = graph.op('Mul', [sums, graph.op('Sigmoid', [sums])]);
  return { logit: graph.op('MatMul', [units, heads]), layout: { weights, biases, heads } };
}

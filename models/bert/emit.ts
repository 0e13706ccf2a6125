import { Graph } from '../onnx/graph.js';
import {
  type Bert,
  type BertLayer,
  type BertSizes,
  type Head,
  HIDDEN,
  type LayerPart,
  layerShape,
  NORM_EPSILON,
} from './bert.js';

/**
 * Writes a BERT with its head as an ONNX graph. Inputs: `input_ids`, `attention_mask`, `token_type_ids`, int64
 * [texts, tokens]. Output: `logit` float32 [texts, 1].
 */
export function emitBert(bert: Bert, head: Head): Uint8Array {
  const graph = new Graph('tuned-encoder');
  const [ids, mask, types] = ['input_ids', 'attention_mask', 'token_type_ids'].map((name) =>
    graph.input(name, 'int64', ['texts', 'tokens']),
  );
  const shown = graph.op('Cast', [mask], { to: 1 }); // [texts, tokens]
  const hidden = graph.op('Mul', [graph.op('Sub', [shown, graph.scalar(1)]), graph.scalar(HIDDEN)]);
  const masked = graph.op('Unsqueeze', [hidden, graph.ints([1, 2], [2])]); // [texts, 1, 1, tokens]

  let x = emitTables(graph, bert, ids, types); // [texts, tokens, hidden]
  for (const layer of bert.layers) x = emitLayer(graph, bert, layer, x, masked);

  const second = graph.op('Mul', [shown, graph.op('Cast', [types], { to: 1 })]); // [texts, tokens]
  const means = [graph.op('Sub', [shown, second]), second].map((which) => emitMean(graph, which, x));
  const weights = graph.floats(head.weights, [2 * bert.hidden, 1], 'head');
  const read = graph.op('MatMul', [graph.op('Concat', means, { axis: 1 }), weights]); // [texts, 1]
  graph.output('logit', graph.op('Add', [read, graph.scalar(head.bias)]), 'float32', ['texts', 1]);
  return graph.encode();
}

/** Words + types + places, normalised. */
function emitTables(graph: Graph, bert: Bert, ids: string, types: string): string {
  const { hidden } = bert;
  const table = (values: Float32Array, label: string) => graph.floats(values, [values.length / hidden, hidden], label);
  const count = graph.op('Slice', [graph.op('Shape', [ids]), graph.ints([1], [1]), graph.ints([2], [1])]); // [1]
  const places = graph.op('Slice', [table(bert.places, 'places'), graph.ints([0], [1]), count, graph.ints([0], [1])]);
  const words = graph.op('Gather', [table(bert.words, 'words'), ids]); // [texts, tokens, hidden]
  const both = graph.op('Add', [words, graph.op('Gather', [table(bert.types, 'types'), types])]);
  return emitNorm(graph, graph.op('Add', [both, places]), bert.scale, bert.shift);
}

function emitNorm(graph: Graph, x: string, scale: Float32Array, shift: Float32Array): string {
  const own = [scale, shift].map((values) => graph.floats(values, [values.length], 'norm'));
  return graph.op('LayerNormalization', [x, ...own], { axis: -1, epsilon: { float: NORM_EPSILON } });
}

function emitLayer(graph: Graph, sizes: BertSizes, layer: BertLayer, x: string, masked: string): string {
  const { hidden, heads } = sizes;
  const constant = (part: LayerPart) => graph.floats(layer[part], layerShape(part, sizes), part);
  const dense = (input: string, weights: LayerPart, bias: LayerPart) =>
    graph.op('Add', [graph.op('MatMul', [input, constant(weights)]), constant(bias)]);
  const apart = graph.ints([0, 0, heads, hidden / heads], [4]);
  const perHead = (input: string, perm: number[]) =>
    graph.op('Transpose', [graph.op('Reshape', [input, apart])], { perm });
  const query = perHead(dense(x, 'query', 'queryBias'), [0, 2, 1, 3]); // [texts, heads, tokens, size]
  const key = perHead(dense(x, 'key', 'keyBias'), [0, 2, 3, 1]); // [texts, heads, size, tokens]
  const value = perHead(dense(x, 'value', 'valueBias'), [0, 2, 1, 3]);
  const scores = graph.op('Mul', [graph.op('MatMul', [query, key]), graph.scalar(Math.sqrt(heads / hidden))]);
  const shares = graph.op('Softmax', [graph.op('Add', [scores, masked])], { axis: -1 });
  const seen = graph.op('Transpose', [graph.op('MatMul', [shares, value])], { perm: [0, 2, 1, 3] });
  const joined = graph.op('Reshape', [seen, graph.ints([0, 0, hidden], [3])]); // [texts, tokens, hidden]
  const attended = graph.op('Add', [dense(joined, 'out', 'outBias'), x]);
  const middle = emitNorm(graph, attended, layer.outScale, layer.outShift);
  const inner = emitGelu(graph, dense(middle, 'up', 'upBias')); // [texts, tokens, inner]
  const result = graph.op('Add', [dense(inner, 'down', 'downBias'), middle]);
  return emitNorm(graph, result, layer.downScale, layer.downShift);
}

/** x · ½ (1 + erf(x / √2)). Source: Hendrycks & Gimpel 2016. */
function emitGelu(graph: Graph, x: string): string {
  const erf = graph.op('Erf', [graph.op('Mul', [x, graph.scalar(Math.SQRT1_2)])]);
  return graph.op('Mul', [graph.op('Mul', [x, graph.scalar(0.5)]), graph.op('Add', [erf, graph.scalar(1)])]);
}

/** The mean over the tokens where `which` [texts, tokens] is 1; zeros where there is none. */
function emitMean(graph: Graph, which: string, x: string): string {
  const row = graph.op('Unsqueeze', [which, graph.ints([1], [1])]); // [texts, 1, tokens]
  const sum = graph.op('Squeeze', [graph.op('MatMul', [row, x]), graph.ints([1], [1])]); // [texts, hidden]
  const count = graph.op('ReduceSum', [which, graph.ints([1], [1])], { keepdims: 1 });
  return graph.op('Div', [sum, graph.op('Max', [count, graph.scalar(1)])]);
}

import type { HashShape } from '../../features/hashed-words.js';
import type { Graph } from '../onnx/graph.js';

/**
 * The text channel: a logistic regression on the hashed words of question and answer. Its logit is one more numeric
 * signal of the predictor. Each text is a bag of words of length 1: logit = bias + Σ_texts Σ_i weight[id_i] / √m, with
 * m ids in that text. The ids of the question are 1 … buckets, those of the answer are larger; 0 = empty.
 */
export interface WordChannel extends HashShape {
  /** Weights by id; weights[0] is 0. */
  weights: Float32Array;
  bias: number;
}

/** Weight of an id in each row's bags, 1/√m: float32 [n, 2], question and answer. */
export function bagScales(words: Int32Array, { length, buckets }: HashShape): Float32Array {
  const n = words.length / length;
  const scales = new Float32Array(2 * n);
  for (let i = 0; i < n; i++) {
    let questions = 0;
    let answers = 0;
    for (let s = i * length; s < (i + 1) * length; s++) {
      if (words[s] > buckets) answers++;
      else if (words[s] > 0) questions++;
    }
    scales[2 * i] = 1 / Math.sqrt(Math.max(questions, 1));
    scales[2 * i + 1] = 1 / Math.sqrt(Math.max(answers, 1));
  }
  return scales;
}

/** Logits of the channel for words [n, length]. */
export function channelLogits(channel: WordChannel, words: Int32Array): Float32Array {
  const { length, buckets, weights, bias } = channel;
  const scales = bagScales(words, channel);
  return Float32Array.from({ length: words.length / length }, (_, i) => {
    let logit = bias;
    for (let s = i * length; s < (i + 1) * length; s++) {
      logit += weights[words[s]] * scales[2 * i + (words[s] > buckets ? 1 : 0)];
    }
    return logit;
  });
}

/** Emits the channel: words int32 [n, length] → logit [n, 1]. */
export function emitChannel(graph: Graph, channel: WordChannel, words: string) {
  const { length, buckets, weights, bias } = channel;
  const table = graph.floats(weights, [weights.length], 'words');
  const each = graph.op('Gather', [table, words]); // [n, length]
  const ids = graph.op('Cast', [words], { to: 1 });
  const isAnswer = graph.op('Cast', [graph.op('Greater', [ids, graph.scalar(buckets)])], { to: 1 });
  const isAny = graph.op('Cast', [graph.op('Greater', [ids, graph.scalar(0)])], { to: 1 });
  const bag = (member: string) => {
    const sum = graph.op('ReduceSum', [graph.op('Mul', [each, member]), graph.ints([1], [1])], { keepdims: 1 });
    const count = graph.op('ReduceSum', [member, graph.ints([1], [1])], { keepdims: 1 });
    return graph.op('Div', [sum, graph.op('Sqrt', [graph.op('Max', [count, graph.scalar(1)])])]); // [n, 1]
  };
  const both = graph.op('Add', [bag(isAnswer), bag(graph.op('Sub', [isAny, isAnswer]))]);
  const logit = graph.op('Add', [both, graph.scalar(bias)]);
  return { logit, layout: { length, buckets, weights: table, bias } };
}

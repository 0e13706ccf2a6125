import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { encode, encodedWidth, fitEncoder } from '../../models/encoder.js';
import { emitCompiled, emitModel, type Model } from '../../models/model.js';
import { fitEmbedding } from '../../models/networks/embedding.js';
import { type Architecture, initMember } from '../../models/networks/network.js';
import { readCompiled } from '../../models/read.js';
import { onGrid } from '../../models/trees/trees.js';
import { directOf } from '../../scorer/direct/direct.js';
import { random } from '../../support/random.js';
import { predictorOf } from '../support/model-of.js';

const rows = 300;
const draw = random('read back');
const schema = {
  topK: 5,
  numeric: ['text.words@1', 'text.chars@1', 'tokens.count@1', 'tokens.meanLogprob@1', 'stated@1'],
  categorical: [
    { name: 'model', vocabulary: ['a', 'b'] },
    { name: 'task', vocabulary: ['t', 'u', 'v'] },
  ],
  words: { length: 6, buckets: 10 },
};
const d = schema.numeric.length;
const numeric = Float32Array.from({ length: rows * d }, (_, i) =>
  draw.next() < (i % d > 1 && i % (2 * d) > d ? 1 : 0.1) ? Number.NaN : draw.normal() * 10 ** ((i % 4) - 1),
);
const categories = Int32Array.from({ length: rows * 2 }, (_, i) => draw.int(i % 2 === 0 ? 3 : 4));
const words = Int32Array.from({ length: rows * 6 }, () => draw.int(21));
const all = Array.from({ length: rows }, (_, i) => i);

/** Networks with and without an embedding, trees, lines by cell; an expert for `free`; a text channel. */
function everything(): Model {
  const wide = Float32Array.from({ length: rows * (d + 1) }, (_, i) =>
    i % (d + 1) < d ? numeric[Math.floor(i / (d + 1)) * d + (i % (d + 1))] : draw.normal(),
  );
  const withText = { ...schema, numeric: [...schema.numeric, 'words'] };
  const encoder = fitEncoder(wide, all, withText);
  const inputs = encodedWidth(encoder);
  const embedding = fitEmbedding(encode(encoder, wide, categories, all), inputs, d + 1, 5);
  const network = (hidden: number[], more: Partial<Architecture> = {}) => {
    const architecture: Architecture = { inputs, hidden, activation: 'silu', skip: true, ...more };
    return { architecture, members: [initMember(architecture, 0.2, draw.fork(`${hidden}`))] };
  };
  const trees = {
    depth: 2,
    columns: Int32Array.of(0, 3, 6, 1),
    thresholds: Float32Array.of(0, -0.5, 0.5, Number.NEGATIVE_INFINITY),
    leaves: Float32Array.from({ length: 8 }, () => onGrid(draw.normal())),
    bias: onGrid(0.3),
    covers: new Float32Array(8),
  };
  const lines = Array.from({ length: 11 }, () => draw.normal());
  const main = predictorOf(withText, {
    signals: schema.numeric,
    text: true,
    encoder,
    networks: [network([7], { embedding }), network([4, 3], { ensemble: 2 })],
    trees,
    slices: { slope: lines.map((x) => 1 + x / 9), offset: lines, pooled: { slope: 1, offset: 0.1 }, strength: 4 },
    calibration: { name: 'beta', parameters: [0.8, 1.3, -0.2] },
  });
  const free = { ...schema, numeric: schema.numeric.slice(0, 2) };
  const own = numeric.filter((_, i) => i % d < 2);
  const ownEncoder = fitEncoder(own, all, free);
  const architecture = { inputs: encodedWidth(ownEncoder), hidden: [], activation: 'silu' as const, skip: false };
  const networks = [{ architecture, members: [initMember(architecture, 0.7, draw.fork('expert'))] }];
  const expert = predictorOf(free, { encoder: ownEncoder, networks, calibration: { name: 'none', parameters: [] } });
  const channel = { ...schema.words, weights: Float32Array.from({ length: 21 }, (_, i) => i / 20), bias: -0.4 };
  return { schema, words: channel, main, experts: [{ pattern: 'free', predictor: expert }] };
}

async function outputsOf(graph: Uint8Array) {
  const session = await InferenceSession.create(graph, { logSeverityLevel: 3 });
  const results = await session.run({
    features: new Tensor('float32', numeric, [rows, d]),
    categories: new Tensor('int64', BigInt64Array.from(categories, BigInt), [rows, 2]),
    words: new Tensor('int32', words, [rows, 6]),
  });
  await session.release();
  const names = ['logit', 'probability', 'low', 'high', 'shift'] as const;
  return Object.fromEntries(names.map((name) => [name, [...(results[name].data as Float32Array)]]));
}

describe('a model read back from its graph', () => {
  const graph = emitModel(everything(), 'test');
  const read = readCompiled(graph, schema)!;

  it('emits a graph with the same outputs to the last bit', async () => {
    const again = emitCompiled(read, 'test');
    expect(await outputsOf(again)).toEqual(await outputsOf(graph));
    expect(Buffer.compare(again, graph)).toBe(0);
  });

  it('is scored directly as the graph scores it', async () => {
    const { probability } = await outputsOf(emitCompiled(read, 'test'));
    const direct = directOf(emitCompiled(read, 'test'), d)!;
    for (let i = 0; i < rows; i++) {
      direct.features.set(numeric.subarray(i * d, (i + 1) * d));
      direct.words.set(words.subarray(i * 6, (i + 1) * 6));
      expect(Math.abs(direct.score(categories.subarray(2 * i, 2 * i + 2)).probability - probability[i])).toBeLessThan(
        2e-6,
      );
    }
  });

  it('knows its experts and signals', () => {
    expect(read.experts.map(({ pattern, predictor }) => [pattern, predictor.signals])).toEqual([
      ['free', ['text.words@1', 'text.chars@1']],
    ]);
    expect(read.main.signals).toEqual(schema.numeric);
  });

  it('is null for a graph without a layout', () => {
    const other = Buffer.from(graph).toString('latin1').replace('vouch.layout', 'other.layout');
    expect(readCompiled(Buffer.from(other, 'latin1'), schema)).toBeNull();
  });
});

import fc from 'fast-check';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import {
  CLIP,
  type EmbeddingChannel,
  embeddingLogits,
  hasVector,
  logitOf,
  standardise,
} from '../../../models/embeddings/channel.js';
import { emitEmbeddings } from '../../../models/embeddings/emit.js';
import { readChannel } from '../../../models/embeddings/read.js';
import { Graph } from '../../../models/onnx/graph.js';
import { readModel } from '../../../models/onnx/read.js';
import { random } from '../../../support/random.js';
import { drawnProbe } from '../../support/drawn-probe.js';

const shapes = [
  { name: 'a', size: 2 },
  { name: 'b', size: 1 },
];

/** x = [(a0 − 1)·2, a1·1, b·0.5, is a missing, is b missing]. */
const channel: EmbeddingChannel = {
  shapes,
  centre: Float32Array.of(1, 0, 0),
  slope: Float32Array.of(2, 1, 0.5),
  linear: Float32Array.of(1, 2, 4, 8, 16),
  width: 0,
  weights: new Float32Array(),
  biases: new Float32Array(),
  heads: new Float32Array(),
  bias: 0.5,
};

describe('the embedding channel', () => {
  it('is a logistic regression on standardised numbers and flags, by hand', () => {
    const values = [Float32Array.of(2, 3), Float32Array.of(6)];
    expect(embeddingLogits(channel, values)[0]).toBe(0.5 + 2 + 2 * 3 + 4 * 3);
  });

  it('reads a vector with any missing number as zeros and a flag', () => {
    const x = new Float32Array(5);
    const values = [Float32Array.of(2, Number.NaN), Float32Array.of(6)];
    expect(standardise(channel, values, 0, x)).toBe(1);
    expect([...x]).toEqual([0, 0, 3, 1, 0]);
    expect(embeddingLogits(channel, values)[0]).toBe(0.5 + 4 * 3 + 8);
    expect(hasVector(channel, values, 0)).toBe(true);
    expect(hasVector(channel, [values[0], Float32Array.of(Number.NaN)], 0)).toBe(false);
  });

  it('clips numbers far from their mean', () => {
    const x = new Float32Array(5);
    standardise(channel, [Float32Array.of(1e30, -1e30), Float32Array.of(0)], 0, x);
    expect([...x]).toEqual([CLIP, -CLIP, 0, 0, 0]);
  });

  it('adds hidden units with SiLU, by hand', () => {
    const hidden = {
      ...channel,
      width: 2,
      weights: Float32Array.of(1, 0, 0, 1, 0, 0, 0, 0, 0, 0),
      biases: Float32Array.of(0, -1),
      heads: Float32Array.of(3, 5),
    };
    const silu = (z: number) => z / (1 + Math.exp(-z));
    const x = Float32Array.of(2, 3, 0, 0, 0);
    expect(logitOf(hidden, x)).toBeCloseTo(0.5 + 2 + 6 + 3 * silu(2) + 5 * silu(2), 12);
  });

  it('adds a probe, by hand: layers with ReLU and a weighted sum', () => {
    const deep = {
      ...channel,
      probe: {
        layers: [
          { width: 2, weights: Float32Array.of(1, -1, 0, 0, 0, 0, 0, 0, 0, 0), biases: Float32Array.of(0.5, 0.5) },
          { width: 1, weights: Float32Array.of(2, 8), biases: Float32Array.of(-1) },
        ],
        heads: Float32Array.of(3),
      },
    };
    // x0 = 2: units 2.5 and max(0, −1.5) = 0, then 2·2.5 − 1 = 4, times 3
    expect(logitOf(deep, Float32Array.of(2, 3, 0, 0, 0))).toBe(0.5 + 2 + 6 + 12);
    // x0 = −2: units 0 and 2.5, then 8·2.5 − 1 = 19, times 3
    expect(logitOf(deep, Float32Array.of(-2, 3, 0, 0, 0))).toBe(0.5 - 2 + 6 + 57);
  });

  it.each([
    [0, []],
    [5, []],
    [0, [7, 3]],
    [0, [20, 17, 16]],
  ])('gives the same values in the graph as in TypeScript: %i hidden units, probe %j', async (width, widths) => {
    const draw = random(`channel ${width} ${widths}`);
    const some = (length: number) => Float32Array.from({ length }, () => draw.normal());
    const drawn: EmbeddingChannel = {
      shapes,
      centre: some(3),
      slope: some(3).map(Math.abs),
      linear: some(5),
      width,
      weights: some(5 * width),
      biases: some(width),
      heads: some(width),
      bias: 0.25,
      probe: widths.length === 0 ? null : drawnProbe(5, widths, draw),
    };
    const graph = new Graph('test');
    const inputs = shapes.map(({ name, size }) => graph.input(`embeddings.${name}`, 'float32', ['n', size]));
    const { logit, recorded, layout } = emitEmbeddings(graph, drawn, inputs);
    graph.output('logit', logit, 'float32', ['n', 1]);
    graph.output('recorded', recorded, 'float32', ['n', 1]);
    const bytes = graph.encode();
    expect(readChannel(layout, readModel(bytes))).toEqual(drawn);
    const session = await InferenceSession.create(bytes, { logSeverityLevel: 3 });
    const number = fc.oneof(fc.float({ min: -20, max: 20, noNaN: true }), fc.constantFrom(Number.NaN, 1e30));
    const row = fc.tuple(number, number, number);
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 8 }), async (rows) => {
        const a = Float32Array.from(rows.flatMap(([p, q]) => [p, q] as const));
        const b = Float32Array.from(rows, ([, , r]) => r);
        const said = await session.run({
          'embeddings.a': new Tensor('float32', a, [rows.length, 2]),
          'embeddings.b': new Tensor('float32', b, [rows.length, 1]),
        });
        embeddingLogits(drawn, [a, b]).forEach((z, i) => {
          expect(Math.abs((said.logit.data as Float32Array)[i] - z)).toBeLessThan(1e-5 * (1 + Math.abs(z)));
          const isA = !Number.isNaN(rows[i][0]) && !Number.isNaN(rows[i][1]);
          expect((said.recorded.data as Float32Array)[i]).toBe((isA ? 1 : 0) + (Number.isNaN(rows[i][2]) ? 0 : 1));
        });
      }),
      { numRuns: 60 },
    );
    await session.release();
  });
});

import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { emitEncoder, encode, encodedWidth, encoderGains } from '../../models/encoder.js';
import { fitEncoder } from '../../models/fit-encoder.js';
import { Graph } from '../../models/onnx/graph.js';
import { random } from '../../support/random.js';

const schema = {
  topK: 0,
  numeric: ['a@1', 'b@1', 'constant@1', 'rare@1'],
  categorical: [
    { name: 'model', vocabulary: ['x', 'y'] },
    { name: 'task', vocabulary: ['t', 'u', 'v'] },
  ],
};

describe('encoder', () => {
  const n = 500;
  const draw = random('encoder');
  const numeric = new Float32Array(n * 4);
  for (let i = 0; i < n; i++) {
    numeric.set([draw.normal() * 1e3, draw.next() < 0.3 ? Number.NaN : draw.next(), 7, i % 50 === 0 ? 1 : 0], i * 4);
  }
  numeric[0] = 1e30;
  numeric[4] = Number.POSITIVE_INFINITY;
  numeric[6] = Number.NEGATIVE_INFINITY; // in the constant column: 0 · ∞ must not spread
  const categories = Int32Array.from({ length: n * 2 }, (_, i) => (i % 2 === 0 ? draw.int(3) : draw.int(4)));
  const rows = Array.from({ length: n }, (_, i) => i);
  const encoder = fitEncoder(numeric, categories, rows, schema);

  it('flags only missing columns, and scales by the deviation with outliers pulled in', () => {
    expect(encoder.indicators).toEqual([1]);
    expect(encodedWidth(encoder)).toBe(4 + 1 + 2 + 3);
    expect(encoder.scale[2]).toBe(1e-30);
    expect(encoder.scale[0] * 1e3).toBeGreaterThan(0.8);
    expect(encoder.scale[0] * 1e3).toBeLessThan(1.1);
    expect(encoder.scale[3]).toBeCloseTo(1 / Math.sqrt(0.02 * 0.98), 3);
  });

  it('clips smoothly: 3·tanh(x/3), bounded by 3, then times the gain', () => {
    const gain = encoder.gain!;
    const x = encode(encoder, numeric, categories, rows);
    const width = encodedWidth(encoder);
    expect(x[0] / gain[0]).toBeCloseTo(3, 4);
    expect(x[width] / gain[0]).toBeCloseTo(3, 4);
    const z = (numeric[8] - encoder.centre[0]) * encoder.scale[0];
    expect(x[2 * width] / gain[0]).toBeCloseTo(3 * Math.tanh(z / 3), 5);
  });

  it('gives numbers variance 1, and inputs that rarely differ less', () => {
    const x = encode(encoder, numeric, categories, rows);
    const width = encodedWidth(encoder);
    for (let j = 0; j < width; j++) {
      const column = rows.map((i) => x[i * width + j]);
      const mean = column.reduce((sum, v) => sum + v, 0) / n;
      const variance = column.reduce((sum, v) => sum + (v - mean) ** 2, 0) / n;
      if (j < 2) expect(variance).toBeCloseTo(1, 3);
      else expect(variance).toBeLessThan(1.001);
    }
  });

  it('flags columns that are always missing together once', () => {
    const together = Float32Array.from({ length: 40 }, (_, i) => (i % 8 < 2 ? Number.NaN : i));
    const four = { ...schema, numeric: ['a@1', 'b@1', 'c@1', 'd@1'] };
    expect(fitEncoder(together, new Int32Array(20), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], four).indicators).toEqual([0]);
  });

  it('gives the same in ONNX', async () => {
    const graph = new Graph('encoder');
    const features = graph.input('features', 'float32', ['n', 4]);
    const index = graph.input('categories', 'int64', ['n', 2]);
    graph.output('y', emitEncoder(graph, encoder, features, index).x, 'float32', ['n', encodedWidth(encoder)]);
    const session = await InferenceSession.create(graph.encode(), { logSeverityLevel: 3 });
    const { y } = await session.run({
      features: new Tensor('float32', numeric, [n, 4]),
      categories: new Tensor('int64', BigInt64Array.from(categories, BigInt), [n, 2]),
    });
    const gains = encoderGains(encoder);
    const expected = encode(encoder, numeric, categories, rows);
    for (let i = 0; i < expected.length; i++)
      expect(Math.abs((y.data as Float32Array)[i] * gains[i % gains.length] - expected[i])).toBeLessThan(1e-5);
  });
});

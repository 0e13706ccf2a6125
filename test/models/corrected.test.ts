import { describe, expect, it } from 'vitest';
import { correctedPredictor } from '../../models/corrected.js';
import { encodedWidth } from '../../models/encoder.js';
import { fitEncoder } from '../../models/fit-encoder.js';
import { emitCompiled, emitModel, type Model } from '../../models/model.js';
import { readCompiled } from '../../models/read.js';
import { widenedPredictor } from '../../models/widened.js';
import { directOf } from '../../scorer/direct/direct.js';
import { categories, d, everything, loadRow, numeric, outputsOf, rows, schema } from '../support/every-part.js';

const model = readCompiled(emitModel(everything(), 'test'), schema)!;
const alone = { ...model, patternPredictors: [] };
const none = { name: 'none', parameters: [] };
const fitted = { calibration: none, interval: { lowAt: [], low: [0.1], highAt: [], high: [0.9] } };

function farthest(a: number[], b: number[]): number {
  return Math.max(...a.map((value, i) => Math.abs(value - b[i])));
}

describe('a changed predictor', () => {
  it('has the changed logit, and weights on its encoded inputs', async () => {
    const { main } = alone;
    const weights = new Float64Array(encodedWidth(main.encoder));
    weights[weights.length - 3] = 0.7; // the first of the three tasks
    const change = { intercept: -0.3, slope: 0.4, weights };
    const before = await outputsOf(emitCompiled(alone, 'test'));
    const after = await outputsOf(emitCompiled({ ...alone, main: correctedPredictor(main, change, fitted) }, 'test'));
    const expected = before.logit.map((z, i) => -0.3 + 0.4 * z + (categories[2 * i + 1] === 1 ? 0.7 : 0));
    expect(farthest(after.logit, expected)).toBeLessThan(2e-6);
    expect(
      farthest(
        after.probability,
        expected.map((z) => 1 / (1 + Math.exp(-z))),
      ),
    ).toBeLessThan(1e-6);
    expect(after.shift).toEqual(before.shift);
  });

  it('gets a linear path if it had only trees', async () => {
    const trees = { ...alone, main: { ...alone.main, networks: null } };
    const before = await outputsOf(emitCompiled(trees, 'test'));
    const change = { intercept: 1, slope: 2, weights: new Float64Array(encodedWidth(trees.main.encoder)) };
    const after = await outputsOf(
      emitCompiled({ ...trees, main: correctedPredictor(trees.main, change, fitted) }, 'test'),
    );
    expect(
      farthest(
        after.logit,
        before.logit.map((z) => 1 + 2 * z),
      ),
    ).toBeLessThan(1e-5);
  });
});

describe('a widened predictor', () => {
  const names = { ...schema, numeric: ['tokens.count@2', 'text.words@1', 'stated@1'], categorical: [] };
  const columns = names.numeric.map((name) => schema.numeric.indexOf(name));
  const own = Float32Array.from({ length: rows * 3 }, (_, i) => numeric[Math.floor(i / 3) * d + columns[i % 3]]);
  const encoder = fitEncoder(own, new Int32Array(0), [...Array(rows).keys()], names);
  const { predictor, further, moved } = widenedPredictor(alone.main, {
    signals: names.numeric,
    encoder: { ...encoder, vocabularies: [3, 5] },
  });
  const [models, tasks] = schema.categorical;
  const categorical = [
    { ...models, vocabulary: [...models.vocabulary, 'c'] },
    { ...tasks, vocabulary: [...tasks.vocabulary, 'w', 'x'] },
  ];
  const wideSchema = { ...schema, categorical };
  const wide: Model<typeof predictor> = { ...alone, schema: wideSchema, main: predictor };

  it('keeps its outputs: in the graph, read back, and directly', async () => {
    const before = await outputsOf(emitCompiled(alone, 'test'));
    const graph = emitCompiled(wide, 'test');
    const after = await outputsOf(graph);
    for (const name of ['logit', 'probability', 'low', 'high', 'shift'] as const)
      expect(farthest(after[name], before[name])).toBeLessThan(2e-5);
    expect(Buffer.compare(emitCompiled(readCompiled(graph, wideSchema)!, 'test'), graph)).toBe(0);
    const direct = directOf(graph, d)!;
    const straight = Array.from({ length: rows }, (_, i) => {
      loadRow(direct, i);
      return direct.score(categories.subarray(2 * i, 2 * i + 2));
    });
    for (const name of ['probability', 'low', 'high'] as const) {
      expect(
        farthest(
          straight.map((said) => said[name]),
          after[name],
        ),
      ).toBeLessThan(2e-6);
    }
  });

  it('keeps its slices when a new category comes after the known ones', () => {
    const more = { signals: [], encoder: { centre: [], scale: [], indicators: [], vocabularies: [2, 3, 4] } };
    expect(widenedPredictor(alone.main, more).predictor.sliceIndex).toEqual({ strides: [1, 3, 0], count: 11 });
  });

  it('has a separate place for every old and additional input', () => {
    const places = new Set([...moved, ...further]);
    expect([...places].sort((a, b) => a - b)).toEqual([...Array(encodedWidth(predictor.encoder)).keys()]);
    expect(predictor.encoder.indicators.length).toBe(alone.main.encoder.indicators.length + encoder.indicators.length);
  });

  it('keeps the old values of a category when they are among the new ones', () => {
    const flags = alone.main.encoder.indicators.length + encoder.indicators.length;
    const hot = predictor.encoder.centre.length + flags;
    expect([...moved.slice(-5)].map((place) => place - hot)).toEqual([0, 1, 3, 4, 5]);
    expect([...further.slice(-8)].map((place) => place - hot)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('reads a missing flag of its own', async () => {
    const weights = new Float64Array(encodedWidth(predictor.encoder));
    weights[further[3]] = 1; // the first missing flag
    const column = columns[encoder.indicators[0]];
    const before = await outputsOf(emitCompiled(alone, 'test'));
    const main = correctedPredictor(predictor, { intercept: 0, slope: 1, weights }, fitted);
    const after = await outputsOf(emitCompiled({ ...wide, main }, 'test'));
    const expected = before.logit.map((z, i) => z + (Number.isNaN(numeric[i * d + column]) ? 1 : 0));
    expect(farthest(after.logit, expected)).toBeLessThan(2e-5);
  });
});

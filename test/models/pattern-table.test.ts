import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { encodedWidth } from '../../models/encoder.js';
import { fitEncoder } from '../../models/fit-encoder.js';
import { emitModel } from '../../models/model.js';
import { initMember } from '../../models/networks/network.js';
import { patternsOf, patternTableOf, predictorNumber } from '../../models/pattern-table.js';
import { directOf } from '../../scorer/direct/direct.js';
import { random } from '../../support/random.js';
import { modelOf, predictorOf } from '../support/model-of.js';

const numeric = ['text.words@1', 'tokens.pavg@2', 'tokens.count@2', 'samples.agree@1', 'stated@1'];

describe('routes', () => {
  const routes = patternTableOf(numeric, ['free', 'free+logprobs']);
  const { NaN: no } = Number;

  it.each([
    ['nothing but text: the first further predictor', [3, no, no, no, no], 1],
    ['text alone missing too', [no, no, no, no, no], 1],
    ['one log-probability is enough', [3, no, 0.4, no, no], 2],
    ['samples too: the main one', [3, 0.2, 0.4, 0.5, no], 0],
    ['stated alone has no predictor of its own', [3, no, no, no, 0.9], 0],
  ])('%s', (_, row, expected) => {
    expect(predictorNumber(routes, Float32Array.from(row))).toBe(expected);
  });
});

/** A model with two further predictors, a text channel and both ways to run it, on rows of every pattern. */
describe('a model with several predictors', () => {
  const schema = { topK: 0, numeric, categorical: [{ name: 'model', vocabulary: ['a', 'b'] }] };
  const rows = 600;
  const draw = random('experts');
  const features = Float32Array.from({ length: rows * 5 }, (_, i) => {
    const hidden = [0, 1, 1, 2, 4][i % 5];
    return ((Math.floor(i / 5) & hidden) > 0 && hidden > 0) || draw.next() < 0.1 ? Number.NaN : draw.normal();
  });
  const categories = Int32Array.from({ length: rows }, () => draw.int(3));
  const words = Int32Array.from({ length: rows * 6 }, () => (draw.next() < 0.3 ? 0 : 1 + draw.int(20)));
  const all = Int32Array.from({ length: rows }, (_, i) => i);

  const predictor = (columns: number[], text: boolean, seed: string) => {
    const own = columns.flatMap((j) => [numeric[j]]);
    const width = columns.length + (text ? 1 : 0);
    const narrow = Float32Array.from({ length: rows * width }, (_, i) =>
      i % width < columns.length ? features[Math.floor(i / width) * 5 + columns[i % width]] : draw.normal(),
    );
    const names = { ...schema, numeric: text ? [...own, 'words'] : own };
    const encoder = fitEncoder(narrow, categories, all, names);
    const architecture = { inputs: encodedWidth(encoder), hidden: [7], skip: true };
    const member = initMember(architecture, 0.1, random(seed)).map((part) => part.map((v) => v + 0.2 * draw.normal()));
    const parts = { signals: own, text, encoder, networks: [{ architecture, members: [member] }] };
    return predictorOf(schema, { ...parts, calibration: { name: 'none', parameters: [] } });
  };
  const weights = Float32Array.from({ length: 21 }, (_, id) => (id === 0 ? 0 : draw.normal()));
  const model = {
    schema: { ...schema, words: { length: 6, buckets: 10 } },
    words: { length: 6, buckets: 10, weights, bias: -0.3 },
    embeddings: null,
    main: predictor([0, 1, 2, 3, 4], true, 'main'),
    patternPredictors: [
      { pattern: 'free', predictor: predictor([0], true, 'free') },
      { pattern: 'free+logprobs', predictor: predictor([0, 1, 2], false, 'logprobs') },
    ],
  };

  it('scores each row with its predictor; the direct way gives the same', async () => {
    const bytes = emitModel(model, 'test');
    const feeds = {
      features: new Tensor('float32', features, [rows, 5]),
      categories: new Tensor('int64', BigInt64Array.from(categories, BigInt), [rows, 1]),
      words: new Tensor('int32', words, [rows, 6]),
    };
    const session = await InferenceSession.create(bytes, { logSeverityLevel: 3 });
    const whole = await session.run(feeds);
    await session.release();
    const direct = directOf(bytes, 5)!;
    const routes = patternTableOf(numeric, ['free', 'free+logprobs']);
    const seen = [0, 0, 0];
    for (let i = 0; i < rows; i++) {
      direct.features.set(features.subarray(i * 5, i * 5 + 5));
      direct.words.set(words.subarray(i * 6, i * 6 + 6));
      const outcome = direct.score(categories.subarray(i, i + 1));
      for (const name of ['logit', 'probability', 'low', 'high', 'shift'] as const) {
        expect(outcome[name]).toBeCloseTo((whole[name].data as Float32Array)[i], 4);
      }
      seen[predictorNumber(routes, features.subarray(i * 5, i * 5 + 5))]++;
    }
    expect(Math.min(...seen)).toBeGreaterThan(30);
  });

  it('with one predictor has no choice of predictor in its graph', async () => {
    const plain = modelOf(schema, {
      ...model.main,
      text: false,
      encoder: predictor([0, 1, 2, 3, 4], false, 'x').encoder,
    });
    expect(
      Buffer.from(emitModel({ ...plain, main: predictor([0, 1, 2, 3, 4], false, 'y') }, 'test')).includes(
        'GatherElements',
      ),
    ).toBe(false);
    expect(Buffer.from(emitModel(model, 'test')).includes('GatherElements')).toBe(true);
  });
});

describe('the group encoder in a table', () => {
  const { NaN: no } = Number;
  const signals = ['text.words@1', 'samples.agree@1', 'similarities.mini.agree@1', 'samples.cocoa@1'];

  it('counts as recorded where a signal has a number that needs it together with another group', () => {
    const table = patternTableOf(signals, ['free+samples', 'free+samples+encoder']);
    expect(predictorNumber(table, Float32Array.of(1, 0.5, no, no))).toBe(1);
    expect(predictorNumber(table, Float32Array.of(1, 0.5, 0.4, no))).toBe(2);
    // CoCoA needs the tokens of the answer too
    expect(predictorNumber(table, Float32Array.of(1, 0.5, 0.4, 0.1))).toBe(0);
  });

  it('does not change which predictor a table of four groups names, as bundles had before', () => {
    const now = patternTableOf(numeric, ['free', 'free+logprobs']);
    const before = { columns: now.columns.slice(0, 4), table: now.table.slice(0, 16) };
    expect(patternsOf(before)).toEqual(['free', 'free+logprobs']);
    for (let code = 0; code < 16; code++) {
      const row = Float32Array.from(numeric, (_, j) =>
        before.columns.some((columns, g) => columns.includes(j) && ((code >> g) & 1) === 0) ? no : 0.5,
      );
      expect(predictorNumber(before, row)).toBe(predictorNumber(now, row));
    }
  });
});

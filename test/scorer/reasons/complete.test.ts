import fc from 'fast-check';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { directOf } from '../../../scorer/direct/direct.js';
import type { Rows } from '../../../scorer/open.js';
import { explainerOf } from '../../../scorer/reasons/explain.js';
import { random } from '../../../support/random.js';
import { d, drawnGraph, drawnPredictor, drawnRows, type Parts, schema } from './drawn-model.js';

async function logitsOf(graph: Uint8Array, { features, categories, words }: Rows): Promise<Float32Array> {
  const n = features.length / d;
  const session = await InferenceSession.create(graph, { logSeverityLevel: 3 });
  const { logit } = await session.run({
    features: new Tensor('float32', features, [n, d]),
    categories: new Tensor('int64', categories, [n, 2]),
    words: new Tensor('int32', words!, [n, 12]),
  });
  await session.release();
  return logit.data as Float32Array;
}

const cases: [string, Parts][] = [
  ['logistic regression', { networks: [{ hidden: [], members: 1 }] }],
  ['logistic regression with text', { networks: [{ hidden: [] }], text: true }],
  ['a network', { networks: [{ hidden: [16, 9], members: 4 }] }],
  ['a network of three layers', { networks: [{ hidden: [16, 9, 5] }] }],
  ['an ensemble', { networks: [{ hidden: [8, 8], ensemble: 4 }] }],
  ['trees', { networks: [], trees: true, text: true }],
  [
    'all together',
    {
      networks: [{ hidden: [] }, { hidden: [7] }, { hidden: [12, 6], ensemble: 3 }],
      trees: true,
      text: true,
    },
  ],
];

describe('reasons', () => {
  it.each(cases)(
    'of %s: base and effects sum up to the logit of the graph; a constant has none',
    async (name, parts) => {
      const draw = random(`reasons of ${name}`);
      const graph = drawnGraph(drawnPredictor(parts, draw), [], draw);
      const rows = drawnRows(400, draw);
      expect(await worstGap(graph, rows)).toBeLessThan(1e-4);
      const { signals, explain } = explainerOf(graph, schema);
      const constant = signals.names.indexOf('constant');
      const width = signals.names.length;
      const { effects } = explain(rows);
      for (let i = 0; i < 400; i++) expect(Math.abs(effects[i * width + constant])).toBeLessThan(1e-12);
    },
  );

  it('of a row are those of the predictor that scored it', async () => {
    const draw = random('routes');
    const main = drawnPredictor({ networks: [{ hidden: [16] }], trees: true, text: true }, draw.fork('main'));
    const free = schema.numeric.filter((name) => !/^(tokens|stated)/.test(name));
    const patternPredictors = [
      { pattern: 'free', predictor: drawnPredictor({ networks: [{ hidden: [] }], text: true, signals: free }, draw) },
      {
        pattern: 'free+logprobs',
        predictor: drawnPredictor(
          { networks: [{ hidden: [5] }], trees: true, signals: [...free, 'tokens.c@1', 'tokens.d@1'] },
          draw,
        ),
      },
    ];
    const graph = drawnGraph(main, patternPredictors, draw);
    const rows = drawnRows(600, draw);
    expect(await worstGap(graph, rows)).toBeLessThan(1e-4);
    const { base } = explainerOf(graph, schema).explain(rows);
    expect(new Set(base).size).toBe(3);
  });

  it('of any network and trees sum up to the logit of the direct way; a constant has none', () => {
    const layers = fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 3 });
    const network = fc.record({
      hidden: layers,
      members: fc.integer({ min: 1, max: 3 }),
    });
    const parts = fc.record({
      networks: fc.array(network, { minLength: 1, maxLength: 3 }),
      trees: fc.boolean(),
      text: fc.boolean(),
    });
    fc.assert(
      fc.property(parts, fc.integer(), (given, seed) => {
        const draw = random(seed);
        const graph = drawnGraph(drawnPredictor(given, draw), [], draw);
        const rows = drawnRows(12, draw);
        const direct = directOf(graph, d)!;
        const { signals, explain } = explainerOf(graph, schema);
        const { base, effects } = explain(rows);
        const width = signals.names.length;
        for (let i = 0; i < 12; i++) {
          direct.features.set(rows.features.subarray(i * d, (i + 1) * d));
          direct.words.set(rows.words!.subarray(i * 12, (i + 1) * 12));
          const { logit } = direct.score(Int32Array.from(rows.categories.subarray(2 * i, 2 * i + 2), Number));
          const own = effects.subarray(i * width, (i + 1) * width);
          const sum = own.reduce((all, effect) => all + effect, base[i]);
          expect(Math.abs(sum - logit)).toBeLessThan(1e-4 * (1 + Math.abs(logit)));
          expect(Math.abs(own[signals.names.indexOf('constant')])).toBeLessThan(1e-12);
        }
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ['trees that ask a category', { networks: [], trees: true, asked: [d + 3, d + 4] }, ['task']],
    ['trees that ask the words', { networks: [], trees: true, text: true, asked: [d] }, ['words']],
    ['trees that ask a twin', { networks: [], trees: true, asked: [7, 1] }, ['text.b', 'stated']],
    [
      'a network of one number',
      { networks: [{ hidden: [5] }], signals: ['tokens.d@1'] },
      ['tokens.d', 'model', 'task'],
    ],
  ] as [string, Parts, string[]][])('of %s go to it alone', (name, parts, wanted) => {
    const draw = random(name);
    const { signals, explain } = explainerOf(drawnGraph(drawnPredictor(parts, draw), [], draw), schema);
    const { effects } = explain(drawnRows(40, draw));
    const width = signals.names.length;
    const moved = signals.names.filter((_, s) => effects.some((effect, i) => i % width === s && effect !== 0));
    expect(moved).toEqual(wanted);
  });

  it('of logistic regression are w·(x − mean); twins and missing flags count with their signal', () => {
    const draw = random('linear');
    const predictor = drawnPredictor({ networks: [{ hidden: [], members: 1 }] }, draw);
    const { encoder, networks } = predictor;
    const [w] = networks[0].members[0];
    const rows = drawnRows(50, draw);
    const { signals, explain } = explainerOf(drawnGraph(predictor, [], draw), schema);
    const { base, effects } = explain(rows);
    const width = signals.names.length;
    const encodedAt = (i: number, j: number) => {
      const v = rows.features[i * d + j];
      return Number.isNaN(v) ? 0 : 3 * Math.tanh(((v - encoder.centre[j]) * encoder.scale[j]) / 3);
    };
    const gain = (j: number) => encoder.gain?.[j] ?? 1;
    const flagOf = (i: number, j: number) => {
      const k = encoder.indicators.indexOf(j);
      return k >= 0 && Number.isNaN(rows.features[i * d + j]) ? w[d + k] * gain(d + k) : 0;
    };
    for (let i = 0; i < 50; i++) {
      expect(base[i]).toBeCloseTo(networks[0].members[0][1][0], 6);
      const of = (name: string) => effects[i * width + signals.names.indexOf(name)];
      const part = (j: number) => w[j] * gain(j) * encodedAt(i, j) + flagOf(i, j);
      expect(of('text.a')).toBeCloseTo(part(0), 5);
      expect(of('text.b')).toBeCloseTo(part(1) + part(2), 5);
      expect(of('stated')).toBeCloseTo(part(6) + part(7), 5);
      const model = Number(rows.categories[2 * i]);
      const hot = d + encoder.indicators.length + model - 1;
      expect(of('model')).toBeCloseTo(model === 0 ? 0 : w[hot] * gain(hot), 5);
      expect(of('words')).toBe(0);
    }
  });
});

async function worstGap(graph: Uint8Array, rows: Rows): Promise<number> {
  const logits = await logitsOf(graph, rows);
  const { signals, explain } = explainerOf(graph, schema);
  const { base, effects } = explain(rows);
  const width = signals.names.length;
  return logits.reduce((worst, logit, i) => {
    const sum = effects.subarray(i * width, (i + 1) * width).reduce((all, effect) => all + effect, base[i]);
    return Math.max(worst, Math.abs(sum - logit));
  }, 0);
}

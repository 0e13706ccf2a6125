import { beforeAll, describe, expect, it } from 'vitest';
import { random } from '../../support/random.js';
import { openBackend } from '../../train/backend/ladder.js';
import { type FittedModel, fitModel } from '../../train/choose/fit-model.js';
import type { Crossed } from '../../train/choose/fit-predictor.js';
import { inlinePool } from '../../train/learn/pool/pool.js';
import { parseOptions } from '../../train/options.js';
import { matrixOf } from '../../train/prepare/matrix.js';
import type { TrainingData } from '../../train/prepare/training-data.js';
import type { Trained } from '../../train/train.js';
import { madeAnswers } from '../support/answers.js';
import { brief, dataOf, light, trainOn } from '../support/trained.js';

const options = parseOptions({
  ...brief,
  patternRows: 100,
  patternLearners: ['logistic', 'trees', 'blend'],
});

async function fitted(data: TrainingData): Promise<FittedModel> {
  const { tf } = await openBackend('wasm');
  const rows = Int32Array.from(data.y.keys());
  const progress = { add: () => {}, set: () => {}, done: () => {} };
  return fitModel({
    pool: inlinePool(tf),
    data,
    matrix: matrixOf(data, rows),
    rows,
    options,
    random: random(1),
    progress,
    isCrossed: true,
  });
}

describe('nested cross-fitting', () => {
  const data = dataOf(madeAnswers(200));
  let model: FittedModel;
  beforeAll(async () => {
    model = await fitted(data);
  }, 300_000);

  it('no label of a fold changes what is said of that fold: not learners, stages, blend, text, calibrator, shift', async () => {
    const fold = model.fold;
    const turned = { ...data, y: data.y.map((y, row) => (fold[row] === 1 ? 1 - y : y)) };
    const other = await fitted(turned);
    const saidOf = (crossed: Crossed | null, k: number) => {
      const { said, fold: own } = crossed as Crossed;
      return [said.logit, said.probability, said.decided].map((values) => values.filter((_, i) => own[i] === k));
    };
    expect(saidOf(other.main.crossed, 1)).toEqual(saidOf(model.main.crossed, 1));
    expect(saidOf(other.main.crossed, 0)).not.toEqual(saidOf(model.main.crossed, 0));
    expect(model.fittedPatterns.map(({ pattern }) => pattern)).toEqual(['free']);
    expect(saidOf(other.fittedPatterns[0].fitted.crossed, 1)).toEqual(
      saidOf(model.fittedPatterns[0].fitted.crossed, 1),
    );
    expect(saidOf(other.fittedPatterns[0].fitted.crossed, 0)).not.toEqual(
      saidOf(model.fittedPatterns[0].fitted.crossed, 0),
    );
  }, 300_000);

  it('what ships is the same with and without it', async () => {
    const { tf } = await openBackend('wasm');
    const rows = Int32Array.from(data.y.keys());
    const progress = { add: () => {}, set: () => {}, done: () => {} };
    const plain = await fitModel({
      pool: inlinePool(tf),
      data,
      matrix: matrixOf(data, rows),
      rows,
      options,
      random: random(1),
      progress,
    });
    expect(plain.main.crossed).toBe(null);
    expect(plain.main.outOfFold).toEqual(model.main.outOfFold);
    expect(plain.model).toEqual(model.model);
  }, 300_000);
});

describe('a split that certifies nothing', () => {
  let trained: Trained;
  beforeAll(async () => {
    // 5 errors in 100 000 cannot be promised on 120 questions, nor can anything be at a confidence of one in a million
    trained = await trainOn(madeAnswers(300), { ...light, certify: 'split', confidence: 1 - 1e-12 });
  }, 300_000);

  it('ships a predictor of all labels that promises nothing, and says what the figures were measured on', () => {
    const { report, manifest, certify } = trained;
    expect(report.judged).toEqual({ how: 'refit', trainedOn: report.parts[0].rows / 600 });
    expect(report.alphaCoverage).toEqual([]);
    for (const { threshold, advice } of [...report.thresholds, ...(manifest.thresholds as typeof report.thresholds)]) {
      expect(threshold).toBe(null);
      expect(advice).toContain('trained on all labels');
    }
    expect(certify.length).toBe(0);
    const sentence = 'The shipped predictor was trained on all labels, and nothing is promised for it.';
    expect(trained.files['report.html']).toContain(sentence);
    expect(trained.files['card.md']).toContain(sentence);
  });
});

import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { metrics } from '../../metrics/list.js';
import { normalCdf } from '../../metrics/special/normal.js';
import type { GoldenRow } from '../../models/bundle/golden.js';
import { writeBundle } from '../../models/bundle/write.js';
import { openScorer } from '../../scorer/open.js';
import { random } from '../../support/random.js';
import type { Trained } from '../../train/train.js';
import { madeAnswers } from '../support/answers.js';
import { brief, trainOn } from '../support/trained.js';

describe('train', () => {
  let trained: Trained;
  let dir: string;

  beforeAll(async () => {
    trained = await trainOn(madeAnswers(400));
    dir = join(mkdtempSync(join(tmpdir(), 'vouch-train-')), 'bundle');
    await writeBundle(dir, trained.files, trained.manifest);
  });

  it('beats the base rate and the best single signal on answers it never saw', () => {
    const { test, baselines } = trained.report;
    expect(test.metrics.logLoss.value!).toBeLessThan(baselines.baseRate.metrics.logLoss.value! - 0.05);
    expect(test.metrics.logLoss.value!).toBeLessThan(baselines.bestSignal.metrics.logLoss.value! + 0.01);
    expect(test.metrics.auroc.value!).toBeGreaterThan(0.75);
  });

  it('reports every metric of the list with its interval, for baselines too, and where a perfect predictor would stand', () => {
    const { test, baselines, perfect } = trained.report;
    const names = metrics.map(({ name }) => name);
    expect(Object.keys(test.metrics)).toEqual(names);
    expect(Object.keys(baselines.bestSignal.metrics)).toEqual(names);
    expect(test.metrics.prr!.value!).toBeGreaterThan(0.5);
    expect(test.metrics.brierCalibration!.value! + test.metrics.brierRefinement!.value!).toBeCloseTo(
      test.metrics.brier.value!,
      9,
    );
    expect(test.spiegelhalter!.pvalue).toBeCloseTo(2 * normalCdf(-Math.abs(test.spiegelhalter!.z)), 12);
    expect(perfect!.smoothEce.value).toBeCloseTo(test.metrics.smoothEce!.value!, 9);
    expect(perfect!.smoothEce.low).toBeLessThan(perfect!.smoothEce.high);
  });

  it('trains and judges on all 400 questions', () => {
    const [fit, certify] = trained.report.parts;
    expect([fit.rows, fit.groups, certify.rows, certify.groups]).toEqual([800, 400, 800, 400]);
    expect(trained.report.judged).toEqual({ how: 'cross', folds: 3, trainedOn: 1 - 1 / 3 });
    expect(trained.certify.length).toBe(0);
  });

  it('gives the same bundle for the same seed, another for another', async () => {
    const run = async (seed: number) => (await trainOn(madeAnswers(100), { ...brief, seed })).files;
    const [first, again, other] = [await run(1), await run(1), await run(2)];
    const model = (files: typeof first) => Buffer.from(files['model.onnx']);
    expect(model(again).equals(model(first))).toBe(true);
    expect(again['golden.json']).toBe(first['golden.json']);
    expect(model(other).equals(model(first))).toBe(false);
  });

  it('opens and reproduces its golden rows', async () => {
    const scorer = await openScorer(dir);
    const golden = JSON.parse(readFileSync(join(dir, 'golden.json'), 'utf8')) as GoldenRow[];
    expect(golden.length).toBe(32);
    const scores = await scorer.scoreMany(golden.map((row) => row.record));
    scores.forEach((score, i) => {
      expect(score.probability).toBeCloseTo(golden[i].probability, 6);
      expect(score.pattern).toBe(golden[i].pattern);
    });
    const { features } = scorer.rows(golden.map((row) => row.record));
    golden
      .flatMap((row) => row.features)
      .forEach((value, i) => {
        expect(features[i]).toEqual(value === null ? Number.NaN : Math.fround(value));
      });
    await scorer.close();
  });

  it('gives probabilities in [0, 1] for any numbers, missing and infinite ones too', async () => {
    const scorer = await openScorer(dir);
    const draw = random('wild');
    const wild = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e30, -1e30, 0, -0, 1e-30];
    const d = scorer.manifest.signals.numeric.length;
    const features = Float32Array.from({ length: 500 * d }, () =>
      draw.next() < 0.5 ? wild[draw.int(wild.length)] : draw.normal(),
    );
    const { probability } = await scorer.scoreFeatures(features);
    for (const p of probability) expect(p >= 0 && p <= 1).toBe(true);
    await scorer.close();
  });

  it.each(['model.onnx', 'golden.json', 'report.json', 'manifest.json'])(
    'does not open with a damaged %s',
    async (name) => {
      const copy = join(mkdtempSync(join(tmpdir(), 'vouch-damaged-')), 'bundle');
      await writeBundle(copy, trained.files, trained.manifest);
      const bytes = readFileSync(join(copy, name));
      bytes[bytes.length >> 1] ^= 1;
      writeFileSync(join(copy, name), bytes);
      const pinned = (await openScorer(dir)).digest;
      await expect(openScorer(copy, { digest: pinned })).rejects.toMatchObject({ code: 'BUNDLE_DAMAGED' });
    },
  );

  it('refuses a newer format by name', async () => {
    const copy = join(mkdtempSync(join(tmpdir(), 'vouch-newer-')), 'bundle');
    await writeBundle(copy, trained.files, { ...trained.manifest, formatVersion: 99 });
    await expect(openScorer(copy)).rejects.toMatchObject({ code: 'BUNDLE_NEWER', detail: { got: 99 } });
  });

  it('leaves a folder alone that is no bundle', async () => {
    const other = mkdtempSync(join(tmpdir(), 'vouch-other-'));
    writeFileSync(join(other, 'precious.txt'), 'mine');
    await expect(writeBundle(other, trained.files, trained.manifest)).rejects.toMatchObject({ code: 'OUT_EXISTS' });
    expect(readFileSync(join(other, 'precious.txt'), 'utf8')).toBe('mine');
  });
});

describe('train refuses data nothing honest can be learnt from', () => {
  const answers = madeAnswers(60);
  const labelled = (value: (i: number) => number | null) =>
    answers.map((record, i) => {
      const label = value(i);
      return { ...record, labels: label === null ? [] : [{ value: label }] };
    });

  it.each([
    ['no labels', labelled(() => null), 'NO_LABELS'],
    ['labels all the same', labelled(() => 1), 'ONE_CLASS'],
    ['12 labels', labelled((i) => (i < 12 ? i % 2 : null)), 'TOO_FEW_LABELS'],
    ['one group', answers.map((record) => ({ ...record, group: 'all' })), 'ONE_GROUP'],
    ['nine groups', answers.map((record, i) => ({ ...record, group: `g${i % 9}` })), 'TOO_FEW_LABELS'],
  ])('%s', async (_, records, code) => {
    await expect(trainOn(records)).rejects.toMatchObject({ code });
  });

  it('duplicate ids, naming the line', async () => {
    await expect(trainOn([...answers, answers[3]])).rejects.toMatchObject({
      code: 'DUPLICATE_ID',
      detail: { line: 121, got: answers[3].id },
    });
    await expect(trainOn([...answers, answers[5], answers[3], answers[5]])).rejects.toMatchObject({
      code: 'DUPLICATE_ID',
      what: '2 ids belong to several answers',
      detail: { line: 121, hint: expect.stringContaining(`The ids are: ${answers[5].id}, ${answers[3].id}.`) },
    });
  });
});

import { beforeAll, describe, expect, it } from 'vitest';
import { openAdaptation } from '../../adapt/adaptation.js';
import { keptOptions } from '../../adapt/kept-options.js';
import { nestedOf } from '../../adapt/nested/said-by-folds.js';
import type { AnswerRecord } from '../../data/record.js';
import type { Bundle } from '../../models/bundle/read.js';
import { referenceIn } from '../../models/bundle/reference.js';
import { SEEN_FILE, seenIn, seenTest } from '../../models/bundle/seen.js';
import { hashesOf } from '../../models/bundle/write.js';
import { foldChanges } from '../../recalibrate/fold-changes.js';
import { weighed } from '../../recalibrate/labels/weighed.js';
import { freshParts } from '../../recalibrate/parts.js';
import { recalibrateBundle } from '../../recalibrate/recalibrate.js';
import { recalibrationHtml } from '../../recalibrate/report/html.js';
import { foldsSentence, labelSentences } from '../../recalibrate/report/words.js';
import { type RecalibrateRules, recalibrateRules } from '../../recalibrate/rules.js';
import { sha256 } from '../../support/digest.js';
import { random } from '../../support/random.js';
import { scoreRows } from '../../train/examine/score-rows.js';
import { parseOptions } from '../../train/options.js';
import { pickRows } from '../../train/prepare/pick-rows.js';
import type { TrainingData } from '../../train/prepare/training-data.js';
import { questionsOf } from '../../train/prepare/without-seen.js';
import { train } from '../../train/train.js';
import { madeAnswers } from '../support/answers.js';
import { context, dataOf, light } from '../support/trained.js';

/** The same answers to other questions. */
const renamed = (records: AnswerRecord[], name: string) =>
  records.map((record) => ({
    ...record,
    ...{ id: `${name}-${record.id}`, group: `${name}-${record.group}`, prompt: record.prompt!.replace('fact', name) },
  }));

let bundle: Bundle;
let data: TrainingData;
let run: Awaited<ReturnType<typeof context>>;
const options = () => keptOptions(bundle.manifest.options, { seed: 3 });

beforeAll(async () => {
  run = await context();
  const { files, manifest } = await train(
    dataOf(madeAnswers(120)),
    parseOptions({ ...light, targetError: 0.3, confidence: 0.8 }),
    run,
  );
  const whole = { ...manifest, files: hashesOf(files) } as Bundle['manifest'];
  const bytes = Object.entries(files).map(([name, content]) => [name, Buffer.from(content)] as const);
  bundle = { dir: '', manifest: whole, digest: sha256(JSON.stringify(whole)), files: new Map(bytes) };
  data = dataOf(renamed(madeAnswers(62, 5), 'item'));
});

/** Labels that chance drew with two chances. */
const drawnLabels = ({ ids, y }: TrainingData) =>
  new Map(ids.map((id, row) => [id, { value: y[row], chance: row % 3 === 0 ? 0.25 : 1 }]));
const sourcesOf = (of: TrainingData) => ({ drawn: drawnLabels(of), chances: null, missing: 0, clipped: 0 });
const recalibrated = (of: TrainingData, rules: Partial<RecalibrateRules>, sources = sourcesOf(of)) =>
  recalibrateBundle({
    ...{ bundle, collected: of, sources, rules: recalibrateRules({ seed: 3, ...rules }) },
    ...{ options: options(), context: run },
  });
const allOf = ({ y }: TrainingData) => ({ fit: Int32Array.from(y.keys()), certify: Int32Array.from(y.keys()) });
const inFolds = (of: TrainingData) =>
  freshParts(weighed(of, sourcesOf(data)), recalibrateRules({}), random('parts'), () => 5);

describe('the predictor of a fold', () => {
  /** What fold predictors say about all answers, whose labels are these. */
  async function saidWith(change: RecalibrateRules['change'], y: Float64Array, fold: Int32Array, used: TrainingData) {
    const fresh = { use: 'drawn' as const, data: { ...used, y }, parts: allOf(used), fold };
    const adaptation = await openAdaptation(bundle, fresh.data, options(), run);
    try {
      const inService = await scoreRows(adaptation.trained, adaptation.data, adaptation.matrix, fresh.parts.fit);
      const given = { adaptation, rules: { change }, fresh, inService, unused: new Set<string>() };
      const { folds, chosen } = await foldChanges('adapt', given, fold);
      return { ...(await nestedOf(adaptation, folds)), chosen };
    } finally {
      await adaptation.trained.close();
    }
  }

  it.each([null, 'calibrator'] as const)(
    'does not depend on the labels of the fold, and the others do: %s',
    async (change) => {
      const { data: used, fold } = inFolds(data);
      const flipped = used.y.map((y, row) => (fold![row] === 2 ? 1 - y : y));
      const [as, other] = [await saidWith(change, used.y, fold!, used), await saidWith(change, flipped, fold!, used)];
      const rows = (isOwn: boolean) => [...fold!.keys()].filter((row) => (fold![row] === 2) === isOwn);
      expect(rows(true).map((row) => other.said.probability[row])).toEqual(
        rows(true).map((row) => as.said.probability[row]),
      );
      const moved = rows(false).filter((row) => other.said.probability[row] !== as.said.probability[row]);
      expect(moved.length).toBeGreaterThan(change === null ? 0 : rows(false).length / 2); // a fold may choose none
      expect(other.chosen[2]).toBe(as.chosen[2]);
      for (const { fold: k, before } of as.folds) {
        expect([...before.keys()].filter((row) => fold![row] === k && !Number.isNaN(before[row]))).toEqual([]);
        expect(before.some((p) => !Number.isNaN(p))).toBe(true);
      }
      for (const { rows: own, said } of as.hidden.values()) {
        expect(own.length).toBeGreaterThan(0);
        expect(said.probability.every((p) => p >= 0 && p <= 1)).toBe(true);
      }
    },
  );
});

describe('a recalibration in folds', () => {
  it('fits on all drawn labels, and is judged by fold predictors', async () => {
    const { report, bundle: made } = await recalibrated(data, { certify: 'cross', change: 'calibrator' });
    const questions = { answers: data.n, questions: data.groupCount };
    expect(report.parts).toEqual({ fit: questions, held: questions });
    expect(report.certify).toEqual({ how: 'cross', folds: 5, chosen: new Array(5).fill('calibrator') });
    expect(labelSentences(report)[1]).toContain('each is judged by one of 5 predictors that were made without it');
    expect(foldsSentence(report)).toBe('Chosen again without each of the 5 folds: calibrator in 5.');
    expect(recalibrationHtml(report)).toContain('one of 5 predictors that were chosen and fitted without its question');
    for (const { guarantee, method } of report.thresholds) {
      expect(guarantee).toBe('asymptotic');
      expect(method).toContain('nested cross-fitting');
    }
    const { manifest, files } = made!;
    expect(manifest.adapted).toMatchObject({ fit: data.n, certify: data.n });
    const own = JSON.parse(files['report.json'] as string);
    expect(own.measuredOn).toEqual({ how: 'nested', folds: 5, answers: data.n, groups: data.groupCount });
    const loss = report.measures.find(({ name }) => name === 'logLoss')!;
    expect(own.test.metrics.logLoss.value).toBeCloseTo(loss.ours.value!, 12);
    expect(files['card.md']).toContain('each by one of 5 predictors that were made without its question');
    const isSeen = seenTest(seenIn(Buffer.from(files[SEEN_FILE] as string)));
    expect(questionsOf(data, allOf(data).fit).filter((question) => question !== null && !isSeen(question))).toEqual([]);
    const { scored, probability } = referenceIn(Buffer.from(files['reference.json'] as string))!;
    expect(scored).toBeLessThan(data.groupCount); // weights differ, so they count like fewer
    expect(probability.missing).toBe(0);
  });

  it('does not depend on the order of the answers', async () => {
    const shuffled = pickRows(data, random('order').shuffle(Int32Array.from(data.y.keys())));
    const rules = { certify: 'cross', change: 'calibrator' } as const;
    const [a, b] = [await recalibrated(data, rules), await recalibrated(shuffled, rules, sourcesOf(data))];
    expect(b.report.thresholds).toEqual(a.report.thresholds);
    expect(b.report.measures).toEqual(a.report.measures);
    expect(b.report.candidates).toEqual(a.report.candidates);
    expect(b.bundle!.files['model.onnx']).toEqual(a.bundle!.files['model.onnx']);
  });

  it('of the threshold alone has the version in service in all folds', async () => {
    const { report, bundle: made } = await recalibrated(data, { certify: 'cross', change: 'threshold' });
    expect(report.measures.find(({ name }) => name === 'logLoss')!.difference.value).toBe(0);
    expect(made!.files['model.onnx']).toEqual(bundle.files.get('model.onnx'));
    expect(report.certify).toMatchObject({ chosen: new Array(5).fill('threshold') });
  });

  it('is the default of auto, which a split is not', async () => {
    const how = async (certify: RecalibrateRules['certify']) =>
      (await recalibrated(data, { certify, change: 'threshold' })).report.certify.how;
    expect([await how('auto'), await how('split')]).toEqual(['cross', 'split']);
  });

  it('says so if it was asked for and there are too few drawn labels', async () => {
    const sources = { drawn: new Map(), chances: null, missing: 0, clipped: 0 };
    const { report } = await recalibrated(data, { certify: 'cross', change: 'calibrator' }, sources);
    expect(report.certify).toEqual({ how: 'split' });
    expect(report.warnings.join(' ')).toContain('Certified by a split');
  });
});

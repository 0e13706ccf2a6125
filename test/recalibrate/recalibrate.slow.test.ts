import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { monitor, openScorer, recalibrate, type Scorer } from '../../index.js';
import { readBundle } from '../../models/bundle/read.js';
import { register } from '../../scripts/commands/recalibrate.js';
import { random } from '../../support/random.js';
import { addVersion } from '../../versions/add.js';
import { copyBundle } from '../../versions/copy-bundle.js';
import { listVersions } from '../../versions/list.js';
import { errorOf, temporary } from '../data/temporary.js';
import { madeAnswers } from '../support/answers.js';
import { command } from '../support/run-command.js';
import { type Fresh, freshAnswers, labelled, taskAnswers, trainSmall } from './fresh.js';

const { folder, put } = temporary();
const model = join(folder, 'model');
let scorer: Scorer;
const shifted = (z: number) => z - 1.5;

beforeAll(async () => {
  scorer = await trainSmall(model);
});
afterAll(() => scorer.close());

const linesOf = (rows: object[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('');

/** Mean of probability − truth over answers that nothing was fitted to. */
async function biasOf(bundle: string, answers: Fresh[]): Promise<number> {
  const opened = await openScorer(bundle);
  const scores = await opened.scoreMany(answers.map(({ record }) => record));
  await opened.close();
  return scores.reduce((sum, { probability }, i) => sum + (probability! - answers[i].truth) / answers.length, 0);
}

describe('recalibrate', () => {
  it('changes nothing without a drift', async () => {
    const fresh = await freshAnswers(scorer, { questions: 200, seed: 1 }, (z) => z);
    const { report, bundle } = await recalibrate(fresh.map(labelled), { model, out: join(folder, 'no'), drawn: 1 });
    expect(report.chosen).toBe('none');
    expect(report.ships).toBe(false);
    expect(bundle).toBeNull();
    expect(existsSync(join(folder, 'no'))).toBe(false);
    expect(report.labels).toMatchObject({ feedback: 0, use: 'drawn', unused: 0, isWeighted: false });
    expect(report.labels.drawn + report.labels.seen).toBe(fresh.length); // a hash of a training question may fit by chance
    expect(report.parts.fit.answers + report.parts.held.answers).toBe(report.labels.drawn);
  });

  it('repairs a shifted logit by the calibrator, and keeps inputs and ranking', async () => {
    const out = join(folder, 'shifted');
    const fresh = await freshAnswers(scorer, { questions: 300, seed: 2 }, shifted);
    const { report, bundle } = await recalibrate(fresh.map(labelled), { model, out, drawn: 1 });
    expect([report.chosen, report.ships, bundle]).toEqual(['calibrator', true, out]);
    const loss = report.measures.find(({ name }) => name === 'logLoss')!;
    expect(loss.winner).toBe('ours');
    expect(loss.difference.high).toBeLessThan(-0.05);
    const later = await freshAnswers(scorer, { questions: 500, seed: 3 }, shifted);
    expect(Math.abs(await biasOf(model, later))).toBeGreaterThan(0.15);
    expect(Math.abs(await biasOf(out, later))).toBeLessThan(0.05);
    const [old, now] = [await readBundle(model), await readBundle(out)];
    expect(now.manifest.signals).toEqual(old.manifest.signals);
    expect(now.manifest.adapted).toMatchObject({ from: old.digest, change: 'calibrator' });
    const auroc = report.measures.find(({ name }) => name === 'auroc')!;
    expect(auroc.ours.value).toBeCloseTo(auroc.theirs.value!, 2);
  });

  it('adapts to a new task, certifies it on questions that fit nothing, and the promise holds there', async () => {
    const out = join(folder, 'task');
    const labels = { drawn: 1, targetError: 0.2, confidence: 0.9, allowLeak: ['features.luck'] };
    const answers = taskAnswers({ questions: 400, seed: 4 }).map(labelled);
    const { report } = await recalibrate(answers, { model, out, ...labels });
    expect([report.chosen, report.ships]).toEqual(['adapt', true]);
    const claims = report.thresholds.filter(({ threshold }) => threshold !== null);
    expect(claims.length).toBeGreaterThan(0);
    for (const { n } of claims) expect(n).toBeLessThanOrEqual(report.parts.held.answers);
    const opened = await openScorer(out);
    const later = taskAnswers({ questions: 500, seed: 5 });
    const scores = await opened.scoreMany(later.map(({ record }) => record));
    await opened.close();
    const accepted = later.filter((_, i) => scores[i].decision === 'accept');
    expect(accepted.length).toBeGreaterThan(100);
    expect(accepted.reduce((sum, { truth }) => sum + 1 - truth, 0) / accepted.length).toBeLessThan(0.2);
  });

  it.each([
    ['no drift', (z: number) => z],
    ['a broken promise', (z: number) => z - 2],
  ])('certifies again and changes no probability if asked to: %s', async (name, drift) => {
    const out = join(folder, name);
    const fresh = await freshAnswers(scorer, { questions: 300, seed: 6 }, drift);
    const { report } = await recalibrate(fresh.map(labelled), { model, out, drawn: 1, change: 'threshold' });
    expect(report.chosen).toBe('threshold');
    expect(report.measures.find(({ name }) => name === 'logLoss')!.difference.value).toBe(0);
    const isBroken = report.promises.some(({ verdict }) => verdict === 'broken');
    const isCertified = report.thresholds.some(({ threshold }) => threshold !== null);
    expect(isBroken).toBe(name === 'a broken promise');
    expect(report.ships).toBe(isCertified || isBroken);
    expect(existsSync(out)).toBe(report.ships);
    if (!report.ships) return expect(report.shipping).toContain('would lose a promise');
    const [old, now] = [await readBundle(model), await readBundle(out)];
    expect(now.files.get('model.onnx')).toEqual(old.files.get('model.onnx'));
    expect(now.manifest.thresholds).not.toEqual(old.manifest.thresholds);
    const opened = await openScorer(out);
    const scores = await opened.scoreMany(fresh.map(({ record }) => record));
    await opened.close();
    const flagged = scores.filter(({ shift }) => shift! > 1).length / scores.length;
    expect(Math.abs(now.manifest.adapted!.flagged! - flagged)).toBeLessThan(0.02); // a hash of a training question may fit
    expect(old.manifest.adapted?.flagged).toBeUndefined();
  });

  it('trains anew where the old answers are given, and judges that predictor by the same rules', async () => {
    const answers = taskAnswers({ questions: 300, seed: 7 }).map(labelled);
    const withTraining = madeAnswers(200);
    const options = { model, dryRun: true, drawn: 1, withTraining, allowLeak: ['features.luck'] };
    const { report } = await recalibrate(answers, options);
    expect(report.candidates.map(({ change }) => change)).toEqual(['none', 'calibrator', 'adapt', 'whole']);
    const asked = await recalibrate(answers, {
      ...options,
      change: 'whole',
      dryRun: false,
      out: join(folder, 'whole'),
    });
    expect(asked.report.ships).toBe(true);
    expect(asked.report.thresholds.every(({ n }) => n <= asked.report.parts.held.answers)).toBe(true);
    const { manifest } = await readBundle(join(folder, 'whole'));
    expect(manifest.data.tasks).toEqual(['facts', 'riddles', 'sums']);
    expect(manifest.data.fresh!.questions).toBe(asked.report.parts.held.questions);
    const later = taskAnswers({ questions: 300, seed: 17 }).map(({ record }) => record);
    const found = await monitor(later, { model: join(folder, 'whole'), state: join(folder, 'whole.json') });
    expect(found.drift!.filter(({ alarm }) => alarm)).toEqual([]); // it is compared with fresh answers, not with old ones
    expect(found.unseen.alarm).toBe(false);
  });

  it('says how many labels are missing', async () => {
    const fresh = await freshAnswers(scorer, { questions: 40, seed: 8 }, shifted);
    const error = await errorOf(recalibrate(fresh.map(labelled), { model, dryRun: true, drawn: 1 }));
    expect(error).toMatchObject({ code: 'TOO_FEW_LABELS', expected: 'at least 60 questions with drawn labels' });
    const [, questions] = /^(\d+) with drawn labels, 0 with feedback$/.exec(String(error.got))!;
    expect([38, 39, 40]).toContain(Number(questions)); // a hash of a training question may fit by chance
    expect(error.hint).toContain(`Label ${60 - Number(questions)} more questions`);
  });
});

describe('labels that depend on the outcome', () => {
  it('calibrate without bias if their chances are known; thumbs alone do not, and certify nothing', async () => {
    const fresh = await freshAnswers(scorer, { questions: 700, seed: 9 }, shifted);
    const draw = random('thumbs');
    const chances = fresh.map(({ right }) => (right === 1 ? 0.2 : 0.9)); // users report errors
    const isGiven = chances.map((chance) => draw.next() < chance);
    const answers = put('thumbs.jsonl', linesOf(fresh.map(({ record }) => record)));
    const rows = fresh.map(({ record, right }, i) => ({ id: record.id, label: right, chance: chances[i] }));
    const withChances = put('chances.jsonl', linesOf(rows.filter((_, i) => isGiven[i])));
    const without = rows.map(({ chance: _, ...row }) => row).filter((_, i) => isGiven[i]);
    const thumbs = put('labels.jsonl', linesOf(without));
    const [known, alone] = [join(folder, 'known'), join(folder, 'alone')];
    const change = { model, change: 'calibrator' as const };
    const good = await recalibrate(answers, { ...change, labels: withChances, out: known });
    const bad = await recalibrate(answers, { ...change, labels: thumbs, out: alone, allowFeedback: true });
    const later = await freshAnswers(scorer, { questions: 1000, seed: 10 }, shifted);
    expect(Math.abs(await biasOf(known, later))).toBeLessThan(0.05);
    expect(await biasOf(alone, later)).toBeLessThan(-0.15); // far too low: mostly errors were reported
    expect(good.report.labels).toMatchObject({ feedback: 0, use: 'drawn' });
    expect(bad.report.labels).toMatchObject({ drawn: 0, use: 'feedback' });
    expect(bad.report.thresholds.every(({ threshold }) => threshold === null)).toBe(true);
    expect(bad.report.warnings.join(' ')).toContain('weights cannot repair it');
    const held = await recalibrate(answers, { ...change, labels: thumbs, out: join(folder, 'held') });
    expect([held.report.ships, held.bundle]).toEqual([false, null]);
    expect(held.report.shipping).toContain('only feedback could check it');
  });
});

describe('the queue of the monitor', () => {
  it('gives labels with known chances: with them alone the calibrator is repaired; missing ones are said', async () => {
    const far = (z: number) => z - 2.5; // the weights differ much, so only a large drift is sure to be found
    const fresh = await freshAnswers(scorer, { questions: 600, seed: 13 }, far);
    const answers = put('monday.jsonl', linesOf(fresh.map(({ record }) => record)));
    const [state, queue] = [join(folder, 'monitor.json'), join(folder, 'monday.csv')];
    await monitor(answers, { model, state, queue, queueLabels: 400, leastChance: 0.5 });
    const rightOf = new Map(fresh.map(({ record, right }) => [record.id, right]));
    const [head, ...rows] = readFileSync(queue, 'utf8').trim().split('\r\n');
    const filled = rows.map((row, i) => {
      const id = /^([^,]+),/.exec(row)![1];
      return i === 0 ? row : row.replace(/,,,human$/, `,${rightOf.get(id)},,human`);
    });
    const labels = put('monday-filled.csv', `${[head, ...filled].join('\r\n')}\r\n`);
    const out = join(folder, 'queued');
    const { report } = await recalibrate(answers, { model, labels, out });
    expect(report.labels).toMatchObject({ feedback: 0, use: 'drawn' });
    expect(report.labels.drawn).toBeGreaterThan(rows.length - 7); // a hash of a training question may fit by chance
    expect(report.labels.drawn).toBeLessThan(rows.length);
    expect([report.chosen, report.ships]).toEqual(['calibrator', true]);
    expect(report.labels.effective).toBeLessThan(report.parts.fit.answers);
    expect(report.labels.isWeighted).toBe(true);
    expect(report.warnings.join(' ')).toContain('1 drawn answer has no label');
    const later = await freshAnswers(scorer, { questions: 600, seed: 14 }, far);
    expect(Math.abs(await biasOf(out, later))).toBeLessThan(0.08);
    expect(Math.abs(await biasOf(model, later))).toBeGreaterThan(0.15);
  });
});

describe('vouch recalibrate', () => {
  const run = (...args: string[]) => command(register, 'recalibrate', ...args, '--quiet');

  it('reports without writing, adds a challenger, promotes, and says why it does not ship', async () => {
    const versions = join(folder, 'versions');
    const facts = { how: 'added', parent: null, answers: null, promote: false, time: '2026-01-01T00:00:00.000Z' };
    await addVersion(versions, (to) => copyBundle(model, to), facts);
    const fresh = await freshAnswers(scorer, { questions: 300, seed: 11 }, shifted);
    const answers = put('fresh.jsonl', linesOf(fresh.map(labelled)));
    const page = join(folder, 'report.html');
    const given = [answers, '--versions', versions, '--drawn', '1'];
    const dry = await run(...given, '--dry-run', '--report', page);
    expect(dry).toContain('A new version may ship: calibrator.');
    expect(dry).toContain('Dry run: no version was written.');
    const crossed = await run(...given, '--dry-run', '--certify', 'cross', '--change', 'calibrator');
    expect(crossed).toContain('each is judged by one of 5 predictors that were made without it');
    expect(crossed).toContain('Chosen again without each of the 5 folds: calibrator in 5.');
    expect(dry).not.toContain('5 folds');
    const anew = await errorOf(run(...given, '--certify', 'cross', '--with-training', answers));
    expect(anew).toMatchObject({ code: 'BAD_USAGE', got: '--certify cross and --with-training' });
    expect(await listVersions(versions)).toHaveLength(1);
    const html = readFileSync(page, 'utf8');
    expect(html).toContain('<h1>A new version may ship: calibrator</h1>');
    expect(html).toContain('is worse by more than chance if');
    expect(html.match(/<svg/g)!.length).toBeGreaterThan(2); // two reliability diagrams, and the strips of the table
    expect(html).not.toContain('No answers to draw');

    expect(await run(...given, '--note', 'after the update')).toContain('version 2 (challenger)');
    const { version } = JSON.parse(await run(...given, '--promote', '--json'));
    expect(version).toEqual({ number: 2, state: 'champion', isNew: false }); // the same bundle is kept once
    const all = await listVersions(versions);
    expect(all.map(({ state }) => state)).toEqual(['former', 'champion']);
    expect(all[1]).toMatchObject({ how: 'recalibrated: calibrator', parent: all[0].digest });
    expect(all[1].notes[0].text).toBe('after the update');

    const calm = await freshAnswers(scorer, { questions: 200, seed: 12 }, (z) => z);
    const worse = put('calm.jsonl', linesOf(calm.map(labelled)));
    process.exitCode = 0;
    const refused = await run(
      worse,
      '--model',
      join(versions, '2'),
      '--out',
      join(folder, 'worse'),
      '--drawn',
      '1',
      '--change',
      'none',
    );
    expect(refused).toContain('No change: nothing has to be repaired.');
    expect(process.exitCode).toBe(0);
    // without --drawn the labels are feedback, which may check nothing that ships
    const place = ['--model', join(versions, '2'), '--out', join(folder, 'worse')];
    const unshipped = await run(worse, ...place, '--change', 'calibrator');
    expect(unshipped).toContain('No version was written.');
    expect(process.exitCode).toBe(1);
    expect(existsSync(join(folder, 'worse'))).toBe(false);
    process.exitCode = 0;
  });
});

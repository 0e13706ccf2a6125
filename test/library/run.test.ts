import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { adapt, evaluate, label, openScorer, type ProgressEvent, readAnswers, score, train } from '../../index.js';
import { register as registerEvaluate } from '../../scripts/commands/evaluate.js';
import { register as registerScore } from '../../scripts/commands/score.js';
import { temporary } from '../data/temporary.js';
import { madeAnswers } from '../support/answers.js';
import { command } from '../support/run-command.js';
import { light } from '../support/trained.js';

const { folder, put } = temporary();
const records = madeAnswers(130);
const fresh = madeAnswers(30, 9).map((record) => ({
  ...record,
  id: `new-${record.id}`,
  group: `new-${record.group}`,
  prompt: `Which riddle has the number ${record.group}, and who wrote it?`,
}));
const lines = (some: object[]) => some.map((record) => `${JSON.stringify(record)}\n`).join('');
const answers = put('answers.jsonl', lines(records));
const later = put('later.jsonl', lines(fresh));
const bundle = join(folder, 'bundle');
const small = { ...light, threads: 1, backend: 'wasm' as const };
const manifestOf = (dir: string) => JSON.parse(readFileSync(join(dir, 'manifest.json'), 'utf8'));

const events: ProgressEvent[] = [];

beforeAll(async () => {
  await train(answers, { out: bundle, ...small, onProgress: (event) => events.push(event) });
});

describe('train', () => {
  it('learns the same from records as from a file of them, and leaves the records as they were', async () => {
    const out = join(folder, 'from-records');
    const { bundle: at, report } = await train(records, { out, ...small });
    expect(at).toBe(out);
    expect(report.data.labelled).toBe(260);
    const [own, theirs] = [manifestOf(out), manifestOf(bundle)];
    expect(own.files['model.onnx']).toEqual(theirs.files['model.onnx']);
    expect(own.thresholds).toEqual(theirs.thresholds);
    expect(records).toEqual(madeAnswers(130));
    expect(existsSync(`${out}.fits`)).toBe(false);
  });

  it('writes owner, use, version, data and numbers as they were given', async () => {
    const out = join(folder, 'about');
    const about = { owner: 'Team A', intendedUse: 'support chat', bundleVersion: '1.4.0' };
    const { report } = await train(answers, { out, ...small, ...about, targetError: 0.3, confidence: 0.9 });
    const { options, thresholds, files } = manifestOf(out);
    expect(options).toMatchObject({ ...about, targetError: 0.3, confidence: 0.9 });
    expect(thresholds.length).toBeGreaterThan(0);
    for (const { alpha, delta } of thresholds) expect([alpha, delta]).toEqual([0.3, 0.1]);
    const content = readFileSync(answers);
    const sha256 = createHash('sha256').update(content).digest('hex');
    expect(report.data.inputs).toEqual([{ name: 'answers.jsonl', bytes: content.length, sha256 }]);
    const card = readFileSync(join(out, 'card.md'), 'utf8');
    expect(card).toContain(
      '- Owner: Team A\n- Contact: not stated (--contact)\n- Intended use: support chat\n- Version: 1.4.0\n',
    );
    for (const name of ['model.onnx', 'report.json', 'report.html', 'golden.json'])
      expect(card).toContain(`- Bundle ${name}: ${files[name]}\n`);
  });

  it('does not write the held-out part over the answers', async () => {
    const before = readFileSync(answers);
    const work = train(answers, { out: join(folder, 'held'), ...small, certify: 'split', heldOut: answers });
    await expect(work).rejects.toMatchObject({ code: 'BAD_USAGE', detail: { field: 'heldOut' } });
    expect(readFileSync(answers).equals(before)).toBe(true);
  });

  it('tells its progress by stage, each with an end', () => {
    expect([...new Set(events.map(({ stage }) => stage))]).toEqual(['read', 'train', 'tables', 'measure']);
    expect(events.filter(({ ended }) => ended).map(({ stage, done, unit }) => [stage, done > 0, unit])).toEqual([
      ['read', true, 'answers'],
      ['train', true, 'fits'],
      ['tables', true, 'fits'],
      ['measure', true, 'steps'],
    ]);
    for (const { stage, done, total, ended } of events) {
      if (stage === 'read') expect(total).toBeNull();
      else if (total !== null) expect(ended ? total - done : Math.max(0, done - total)).toBe(0);
    }
    // the plan is known before the first fit is done
    const fits = events.filter(({ stage, total }) => stage === 'train' && total !== null);
    expect(fits[0].done).toBe(0);
    expect(fits[0].total).toBeGreaterThan(6); // 3 folds and 3 pairs of folds, at least one fit without each
  });

  it('stops between two fits: INTERRUPTED, and no bundle', async () => {
    const out = join(folder, 'stopped');
    const stop = new AbortController();
    const onProgress = ({ stage, done }: ProgressEvent) => {
      if (stage === 'train' && done > 0) stop.abort();
    };
    const run = train(records, { out, ...small, onProgress, signal: stop.signal });
    await expect(run).rejects.toMatchObject({ code: 'INTERRUPTED' });
    expect(existsSync(out)).toBe(false);
  });

  it('refuses a mistyped option by its name, and what is no answer by its number', async () => {
    const out = join(folder, 'refused');
    await expect(train(records, { out, targetErorr: 0.1 } as never)).rejects.toMatchObject({ code: 'BAD_USAGE' });
    const wrong = [...records.slice(0, 4), { prompt: 'no answer' } as never];
    await expect(train(wrong, { out, ...small })).rejects.toThrow(/^record:5: field "answer": is missing/);
    await expect(train(7 as never, { out })).rejects.toMatchObject({ code: 'BAD_USAGE' });
  });
});

describe('score', () => {
  it('gives what the command line writes: for paths, records and records that come one by one', async () => {
    const file = join(folder, 'by-command.jsonl');
    await command(registerScore, 'score', later, '--model', bundle, '--out', file, '--quiet');
    const written = readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const scores = await score([later], { model: bundle });
    expect(scores.map(({ id }) => id)).toEqual(written.map(({ id }) => id));
    expect(scores.map(({ decision, why }) => [decision, why])).toEqual(
      written.map(({ decision, why }) => [decision, why]),
    );
    for (const [i, { probability }] of scores.entries()) expect(probability).toBeCloseTo(written[i].probability, 6);
    expect(await score(fresh, { model: bundle })).toEqual(scores);
    async function* source() {
      yield* fresh;
    }
    const streamed = [];
    for await (const each of score(source(), { model: bundle })) streamed.push(each);
    expect(streamed).toEqual(scores);

    const out = join(folder, 'by-library.jsonl');
    const summary = await score(fresh, { model: bundle, out });
    expect(summary).toMatchObject({ rows: 60, out, bad: { count: 0 } });
    expect(readFileSync(out, 'utf8')).toBe(readFileSync(file, 'utf8'));
  });

  it('needs nothing but an answer, and stops when told', async () => {
    const [first, second] = await score([{ answer: 'Canberra' }, { answer: null, finish: 'tool_calls' }], {
      model: bundle,
    });
    expect(first.id).toBe('record:1');
    expect(second).toMatchObject({ id: 'record:2', probability: null, why: 'no answer' });
    const scorer = await openScorer(bundle);
    expect((await scorer.score({ answer: 'Canberra' })).probability).toBeCloseTo(first.probability as number, 6);
    await expect(scorer.scoreMany([{ answer: 'a' }, { answer: 3 } as never])).rejects.toThrow(
      /^record:2: field "answer"/,
    );
    await scorer.close();
    await expect(score(fresh, { model: bundle, signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'INTERRUPTED',
    });
  });

  it('skips bad records only when told, and tells them', async () => {
    const some = [{ answer: 'a' }, { answer: 'b', stated: 7 }];
    await expect(score(some, { model: bundle })).rejects.toThrow(/^record:2: field "stated"/);
    const bad: number[] = [];
    const kept = await score(some, { model: bundle, badLines: 'skip', onBadLine: ({ line }) => bad.push(line) });
    expect([kept.length, bad]).toEqual([1, [2]]);
  });
});

describe('evaluate, adapt, readAnswers, label', () => {
  it('measures as the command line does', async () => {
    const printed = JSON.parse(
      await command(registerEvaluate, 'evaluate', later, '--model', bundle, '--resamples', '100', '--json', '--quiet'),
    );
    const own = await evaluate(fresh, { model: bundle, resamples: 100 });
    expect(own.answers).toBe(60);
    expect(JSON.parse(JSON.stringify(own))).toEqual(printed);
  });

  it('compares a bundle with itself: no difference; the report is a page; only certain breaks fail', async () => {
    const report = join(folder, 'evaluation.html');
    const args = ['evaluate', later, '--model', bundle, '--resamples', '100', '--fail-on', 'broken'];
    const before = process.exitCode;
    const text = await command(registerEvaluate, ...args, '--against', bundle, '--report', report, '--quiet');
    const own = await evaluate(fresh, { model: bundle, against: bundle, resamples: 100 });
    expect(process.exitCode ?? 0).toBe(own.promises.some(({ brokenTogether }) => brokenTogether) ? 1 : 0);
    process.exitCode = before;
    expect(own.against?.bundle).toBe(own.bundle);
    expect(own.against?.promises).toEqual(own.promises);
    expect(own.against).toMatchObject({ onlyOurs: 0, onlyTheirs: 0 });
    for (const { name, difference, winner } of own.against!.measures) {
      expect([name, winner]).toEqual([name, null]);
      expect(difference.value === null || difference.value === 0).toBe(true);
    }
    expect(text).toMatch(/better on 0 of \d+ measures and worse on none/);
    expect(own.promises.length).toBe(
      manifestOf(bundle).thresholds.filter(({ threshold }: { threshold: number | null }) => threshold !== null).length,
    );
    expect(readFileSync(report, 'utf8')).toMatch(/^<!doctype html>/);
  });

  it('reads answers twice to compare: a stream is refused before anything is opened', async () => {
    async function* source() {
      yield* fresh;
    }
    const comparing = { model: bundle, against: bundle };
    await expect(evaluate(source(), comparing)).rejects.toMatchObject({
      code: 'BAD_USAGE',
      detail: { field: 'against' },
    });
    await expect(evaluate('-', comparing)).rejects.toMatchObject({ code: 'BAD_USAGE' });
  });

  it('adapts to records of a new task', async () => {
    const out = join(folder, 'adapted');
    const other = fresh.map((record) => ({ ...record, task: 'riddles' }));
    const { report } = await adapt(other, { model: bundle, out, seed: 3 });
    expect(report.adapted).toMatchObject({ answers: 60, groups: 30 });
    expect(manifestOf(out).data.tasks).toEqual(['riddles']);
  });

  it('reads records one by one, and grades them by a rule', async () => {
    const ids = [];
    for await (const { id } of readAnswers(later, { maxRows: 3 })) ids.push(id);
    expect(ids).toEqual(fresh.slice(0, 3).map(({ id }) => id));
    const graded = await label([{ answer: 'It is Canberra.', reference: ['Canberra'] }, { answer: 'Sydney' }], {
      with: 'containedAlias',
    });
    expect(graded.map(({ labels }) => labels ?? null)).toEqual([[{ value: 1, source: 'auto:containedAlias' }], null]);
    expect(() => label([], {})).toThrow(/no rule is given/);
  });
});

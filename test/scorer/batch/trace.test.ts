import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { parse } from 'csv-parse/sync';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { beforeAll, describe, expect, it } from 'vitest';
import { score } from '../../../library/score.js';
import { COLUMNS } from '../../../scorer/batch/out/format.js';
import { type ScoreJob, scoreAnswers, type Watch } from '../../../scorer/batch/score-answers.js';
import { sentencesOf } from '../../../scorer/batch/summary.js';
import { openScorer } from '../../../scorer/open.js';
import type { Scorer } from '../../../scorer/scorer.js';
import { errorOf, temporary } from '../../data/temporary.js';
import { sampleLines } from '../../support/sample-answers.js';
import { writeTinyBundle } from '../../support/tiny-bundle.js';

const { folder, put } = temporary();
const at = (name: string) => join(folder, name);
const input = put('answers.jsonl', `${sampleLines(700).join('\n')}\n`);
let scorer: Scorer;

beforeAll(async () => {
  await writeTinyBundle(at('bundle'));
  scorer = await openScorer(at('bundle'));
});

/** A clock that starts at the given hour and moves on by a minute each time it is read. */
function clock(hour: number): () => Date {
  let minutes = 0;
  return () => new Date(Date.UTC(2026, 0, 5, hour, minutes++));
}

const run = (job: Partial<ScoreJob>, watch?: Watch) =>
  scoreAnswers(scorer, { files: [input], read: {}, out: at('out.jsonl'), checkpoint: 256, vouch: '1', ...job }, watch);
const json = (path: string) => JSON.parse(readFileSync(path, 'utf8'));
const rowsOf = (path: string) =>
  readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('OUT.trace.json', () => {
  it('says which bundle scored which inputs, when, and how many rows', async () => {
    const { started } = await run({ now: clock(10) });
    expect(started).toBe('2026-01-05T10:00:00.000Z');
    expect(json(at('out.jsonl.trace.json'))).toEqual({
      out: 'out.jsonl',
      bytes: readFileSync(at('out.jsonl')).length,
      rows: 700,
      bad: 0,
      bundle: scorer.digest,
      started: '2026-01-05T10:00:00.000Z',
      ended: '2026-01-05T10:01:00.000Z',
      vouch: '1',
      inputs: [{ name: input, size: readFileSync(input).length }],
      shard: { index: 1, of: 1 },
      selected: false,
    });
  });

  it('leaves the bytes of the scores as they are, at any time', async () => {
    for (const ending of ['jsonl', 'csv', 'parquet']) {
      await run({ out: at(`early.${ending}`), now: clock(1) });
      await run({ out: at(`late.${ending}`), now: clock(20) });
      await run({ out: at(`none.${ending}`) });
      expect(readFileSync(at(`late.${ending}`)).equals(readFileSync(at(`early.${ending}`)))).toBe(true);
      expect(readFileSync(at(`none.${ending}`)).equals(readFileSync(at(`early.${ending}`)))).toBe(true);
      expect(existsSync(at(`none.${ending}.trace.json`))).toBe(false);
    }
  });

  it('of a run that was continued, has the time when the first one began', async () => {
    const stop = new AbortController();
    const job = { out: at('continued.jsonl'), trace: true };
    const first = run(
      { ...job, now: clock(3) },
      { stop: stop.signal, progress: (rows) => rows >= 400 && stop.abort() },
    );
    await expect(first).rejects.toMatchObject({ code: 'INTERRUPTED' });
    const { before, started } = await run({ ...job, now: clock(8), resume: true });
    expect([before > 0, started]).toEqual([true, '2026-01-05T03:00:00.000Z']);
    const trace = json(at('continued.jsonl.trace.json'));
    expect([trace.started, trace.ended]).toEqual(['2026-01-05T03:00:00.000Z', '2026-01-05T08:00:00.000Z']);
    const rows = rowsOf(at('continued.jsonl'));
    expect(rows).toHaveLength(700);
    expect(new Set(rows.map(({ time }) => time))).toEqual(new Set(['2026-01-05T03:00:00.000Z']));
    await run({ out: at('at-once.jsonl'), trace: true, now: clock(3) });
    expect(readFileSync(at('continued.jsonl')).equals(readFileSync(at('at-once.jsonl')))).toBe(true);
  });

  it('is no place for bad lines', async () => {
    const bad = at('out.jsonl.trace.json');
    expect(await errorOf(run({ bad }))).toMatchObject({ code: 'BAD_USAGE', field: 'badFile' });
  });
});

describe('trace', () => {
  const time = '2026-01-05T05:00:00.000Z';

  it.each(['jsonl', 'csv', 'parquet'])('adds digest and time to each row, before the reasons: %s', async (ending) => {
    const out = at(`traced.${ending}`);
    await run({ out, trace: true, reasons: 2, now: clock(5) });
    const rows = ending === 'jsonl' ? rowsOf(out) : ending === 'csv' ? csvOf(out) : await parquetOf(out);
    expect(Object.keys(rows[0])).toEqual([...COLUMNS, 'digest', 'time', 'reasons']);
    expect(rows).toHaveLength(700);
    expect(rows.every((row) => row.digest === scorer.digest && row.time === time)).toBe(true);
    expect(rows[0].bundle).toBe(scorer.digest.slice(0, 12));
  });

  it('cannot be changed by a run that continues', async () => {
    const stop = new AbortController();
    const job = { out: at('other.jsonl'), now: clock(1) };
    await run(job, { stop: stop.signal, progress: (rows) => rows >= 400 && stop.abort() }).catch(() => {});
    const again = await errorOf(run({ ...job, resume: true, trace: true }));
    expect(again).toMatchObject({ code: 'RESUME_MISMATCH', field: 'trace', expected: 'false', got: true });
  });

  it('goes to standard output, too', async () => {
    const stream = new PassThrough();
    const read = text(stream);
    await run({ out: '-', trace: true, now: clock(5) }, { stream });
    stream.end();
    const [first] = (await read).split('\n');
    expect(JSON.parse(first)).toMatchObject({ digest: scorer.digest, time });
  });
});

it('the footer of Parquet names the bundle', async () => {
  await run({ out: at('footer.parquet') });
  const { key_value_metadata } = await parquetMetadataAsync(await asyncBufferFromFile(at('footer.parquet')));
  expect(key_value_metadata).toEqual([{ key: 'vouch.bundle', value: scorer.digest }]);
});

describe('the library', () => {
  const records = sampleLines(3).map((line) => JSON.parse(line));

  it('adds digest and time to the scores that it gives, if asked', async () => {
    const model = at('bundle');
    const [plain] = await score(records, { model });
    const traced = await score(records, { model, trace: true });
    expect(plain).not.toHaveProperty('digest');
    expect(traced.map(({ digest }) => digest)).toEqual(Array(3).fill(scorer.digest));
    expect(traced[0].time).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    expect(new Set(traced.map(({ time }) => time)).size).toBe(1);
  });

  it('names the bundle and the time in the summary', async () => {
    const summary = await score(records, { model: at('bundle'), out: at('library.jsonl') });
    const { started } = json(at('library.jsonl.trace.json'));
    expect(summary).toMatchObject({ bundle: scorer.digest, started });
    expect(sentencesOf(summary)).toContain(
      `scored by the bundle ${scorer.digest.slice(0, 12)}, run of ${started}; see ${at('library.jsonl')}.trace.json`,
    );
  });

  it('does not write scores over a file of the bundle', async () => {
    const before = readFileSync(at('bundle/golden.json'));
    symlinkSync(at('bundle/golden.json'), at('golden.jsonl'));
    const refused = await errorOf(score(records, { model: at('bundle'), out: at('golden.jsonl') }));
    expect(refused).toMatchObject({ code: 'BAD_USAGE' });
    expect(readFileSync(at('bundle/golden.json')).equals(before)).toBe(true);
  });
});

function csvOf(path: string): Record<string, unknown>[] {
  return parse(readFileSync(path), { columns: true });
}

async function parquetOf(path: string): Promise<Record<string, unknown>[]> {
  return parquetReadObjects({ file: await asyncBufferFromFile(path) });
}

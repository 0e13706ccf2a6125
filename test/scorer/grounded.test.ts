import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COLUMNS } from '../../scorer/batch/out/format.js';
import { type ScoreJob, scoreAnswers } from '../../scorer/batch/score-answers.js';
import { groundsOf } from '../../scorer/grounded.js';
import { openScorer } from '../../scorer/open.js';
import type { Scorer } from '../../scorer/scorer.js';
import { openService } from '../../serve/service.js';
import { errorOf, temporary } from '../data/temporary.js';
import { serveOptions } from '../support/serving.js';
import { writeTinyBundle } from '../support/tiny-bundle.js';

const one = (entails: number[], contradicts: number[]) => groundsOf({ nli: { passages: { entails, contradicts } } });

describe('groundsOf', () => {
  it('is true where a passage entails the answer, and names the surest one', () => {
    expect(one([0.6, 0.9, 0.2], [0.1, 0, 0.5])).toEqual({ grounded: true, groundedBy: { passage: 1, entails: 0.9 } });
    expect(one([0.9], [])).toEqual({ grounded: true, groundedBy: { passage: 0, entails: 0.9 } });
  });

  it('is false where a passage contradicts it and none entails it more', () => {
    const no = { grounded: false, groundedBy: { passage: 1, contradicts: 0.8 } };
    expect(one([0.1, 0.1], [0.6, 0.8])).toEqual(no);
    expect(one([0.8, 0.1], [0.1, 0.8])).toEqual(no);
    expect(one([0.81, 0.1], [0.1, 0.8])).toEqual({ grounded: true, groundedBy: { passage: 0, entails: 0.81 } });
  });

  it('is not said where no passage says either', () => {
    expect(one([0.5, 0.1], [0.5, 0.5])).toBeUndefined();
    expect(one([], [])).toBeUndefined();
    expect(groundsOf({ nli: { texts: { entails: [[1]], contradicts: [[0]] } }, gone: null })).toBeUndefined();
  });

  it('leaves out probabilities of other passages than those of the record', () => {
    const entailments = { nli: { passages: { entails: [0.9], contradicts: [0.1] } } };
    expect(groundsOf(entailments, { context: ['one', 'two'] })).toBeUndefined();
    expect(groundsOf(entailments, { context: ['one'] })?.grounded).toBe(true);
  });

  it('hears all models', () => {
    const grounds = groundsOf({
      weak: { passages: { entails: [0.7], contradicts: [0.2] } },
      strong: { passages: { entails: [0.1, 0], contradicts: [0.1, 0.95] } },
    });
    expect(grounds).toEqual({ grounded: false, groundedBy: { passage: 1, contradicts: 0.95 } });
  });

  it('never flags what it says more surely that a passage entails, for any probabilities', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(share, share), { maxLength: 6 }), (pairs) => {
        const entails = pairs.map(([e]) => e);
        const contradicts = pairs.map(([, c]) => c);
        const grounds = one(entails, contradicts);
        const most = Math.max(0.5, ...entails);
        const against = Math.max(0.5, ...contradicts.filter((c, i) => c > entails[i]));
        if (against > 0.5 && against >= most) {
          expect(grounds).toEqual({
            grounded: false,
            groundedBy: { passage: grounds?.groundedBy.passage, contradicts: against },
          });
          expect(contradicts[grounds?.groundedBy.passage ?? -1]).toBe(against);
        } else if (most > 0.5) expect(grounds?.groundedBy.entails).toBe(most);
        else expect(grounds).toBeUndefined();
      }),
    );
  });
});

const { folder, put } = temporary();
const at = (name: string) => join(folder, name);
const passages = (entails: number[], contradicts: number[]) => ({ nli: { passages: { entails, contradicts } } });
const answer = { prompt: 'Which?', answer: 'word1 word2' };
const records = [
  { id: 'no', ...answer, entailments: passages([0.1, 0], [0.2, 0.75]) },
  { id: 'yes', ...answer, entailments: passages([0.8], [0.1]) },
  { id: 'open', ...answer, entailments: passages([0.2], [0.3]) },
  { id: 'none', ...answer },
];
const said = [
  { grounded: false, groundedBy: { passage: 1, contradicts: 0.75 } },
  { grounded: true, groundedBy: { passage: 0, entails: 0.8 } },
  {},
  {},
];
const input = put('answers.jsonl', records.map((record) => `${JSON.stringify(record)}\n`).join(''));
let scorer: Scorer;
beforeAll(async () => {
  await writeTinyBundle(at('bundle'));
  scorer = await openScorer(at('bundle'));
});
afterAll(() => scorer.close());

const run = async (job: Partial<ScoreJob> & { out: string }) => {
  await scoreAnswers(scorer, { files: [input], read: {}, vouch: '1', ...job });
  return readFileSync(job.out, 'utf8');
};

describe('rows', () => {
  it('have the fields in JSON Lines only where there is something to say, and the same score with or without', async () => {
    const rows = (await run({ out: at('out.jsonl') }))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const [plain] = rows.slice(-1);
    expect(rows).toEqual(said.map((grounds, i) => ({ ...plain, id: records[i].id, ...grounds })));
    expect(Object.keys(rows[0])).toEqual([...COLUMNS, 'grounded', 'groundedBy']);
    expect(Object.keys(rows[3])).toEqual([...COLUMNS]);
  });

  it('have columns in CSV and Parquet where the run asked for them', async () => {
    const csvOf = async (grounded: boolean) =>
      parse<Record<string, string>>(await run({ out: at('out.csv'), grounded }), { columns: true });
    expect(Object.keys((await csvOf(false))[0])).toEqual([...COLUMNS]);
    const rows = await csvOf(true);
    expect(Object.keys(rows[0])).toEqual([...COLUMNS, 'grounded', 'groundedBy']);
    expect(rows.map((row) => [row.grounded, row.groundedBy])).toEqual([
      ['false', '{"passage":1,"contradicts":0.75}'],
      ['true', '{"passage":0,"entails":0.8}'],
      ['', ''],
      ['', ''],
    ]);
    await run({ out: at('out.parquet'), grounded: true, trace: true, reasons: 1 });
    const table = await parquetReadObjects({ file: await asyncBufferFromFile(at('out.parquet')) });
    expect(Object.keys(table[0])).toEqual([...COLUMNS, 'grounded', 'groundedBy', 'digest', 'time', 'reasons']);
    expect(table.map(({ grounded, groundedBy }) => [grounded, groundedBy])).toEqual([
      [false, '{"passage":1,"contradicts":0.75}'],
      [true, '{"passage":0,"entails":0.8}'],
      [null, null],
      [null, null],
    ]);
  });

  it('keep their columns when a run continues', async () => {
    const stop = new AbortController();
    const many = Array.from({ length: 600 }, (_, i) => `${JSON.stringify({ ...records[i % 4], id: `${i}` })}\n`);
    const job: ScoreJob = {
      ...{ files: [put('many.jsonl', many.join(''))], read: {}, vouch: '1' },
      ...{ out: at('continued.csv'), checkpoint: 256, grounded: true },
    };
    const stopped = scoreAnswers(scorer, job, {
      stop: stop.signal,
      progress: (rows) => rows >= 300 && stop.abort(),
    });
    await expect(stopped).rejects.toMatchObject({ code: 'INTERRUPTED' });
    const other = await errorOf(scoreAnswers(scorer, { ...job, grounded: undefined, resume: true }));
    expect(other).toMatchObject({ code: 'RESUME_MISMATCH', field: 'grounded' });
    await scoreAnswers(scorer, { ...job, resume: true });
    await scoreAnswers(scorer, { ...job, out: at('at-once.csv') });
    expect(readFileSync(at('continued.csv'), 'utf8')).toBe(readFileSync(at('at-once.csv'), 'utf8'));
  });
});

it('the service gives the fields that `vouch score` prints, and nothing decides by them', async () => {
  const { app } = await openService(serveOptions(at('bundle')));
  try {
    const one = (await app.inject({ method: 'POST', url: '/v1/score', payload: records[0] })).json();
    expect(one).toMatchObject(said[0]);
    const reply = await app.inject({ method: 'POST', url: '/v1/score', payload: { records } });
    const { scores } = reply.json();
    const plain = scores[3];
    expect(scores).toEqual(said.map((grounds, i) => ({ ...plain, id: records[i].id, ...grounds })));
  } finally {
    await app.close();
  }
});

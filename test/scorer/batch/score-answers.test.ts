import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { appendFile, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { gunzipSync, gzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cutsOf } from '../../../models/costs.js';
import { COLUMNS } from '../../../scorer/batch/out/format.js';
import { type ScoreJob, scoreAnswers, type Watch } from '../../../scorer/batch/score-answers.js';
import { parseShard } from '../../../scorer/batch/shard.js';
import { sentencesOf, summaryOf } from '../../../scorer/batch/summary.js';
import { mapsOut } from '../../../scorer/batch/tally.js';
import { openScorer } from '../../../scorer/open.js';
import type { Score, Scorer } from '../../../scorer/scorer.js';
import { sampleLines } from '../../support/sample-answers.js';
import { writeTinyBundle } from '../../support/tiny-bundle.js';

const dir = mkdtempSync(join(tmpdir(), 'vouch-score-'));
const at = (name: string) => join(dir, name);
const input = at('answers.jsonl');
const lines = sampleLines(1500, 40);
const good = lines.filter((_, i) => i % 40 !== 39);
let scorer: Scorer;

beforeAll(async () => {
  await writeTinyBundle(at('bundle'));
  scorer = await openScorer(at('bundle'));
  writeFileSync(input, `${lines.join('\n')}\n`);
});
afterAll(() => rmSync(dir, { recursive: true }));

function run(job: Partial<ScoreJob>, watch?: Watch) {
  return scoreAnswers(
    scorer,
    { files: [input], read: {}, out: at('out.jsonl'), checkpoint: 256, vouch: '1', ...job },
    watch,
  );
}

function jsonLines(path: string): Score[] {
  const bytes = readFileSync(path);
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

const ENDINGS = ['.jsonl', '.jsonl.gz', '.csv', '.csv.gz', '.parquet'];

describe('scores', () => {
  it("come in the order of the lines, with the scorer's values for each", async () => {
    const { tally } = await run({});
    const rows = jsonLines(at('out.jsonl'));
    expect(rows.map(({ id }) => id)).toEqual(good.map((line) => JSON.parse(line).id));
    const alone = await scorer.scoreMany(good.slice(0, 16).map((line) => JSON.parse(line)));
    expect(rows.slice(0, 16).map(({ probability }) => Math.fround(probability as number))).toEqual(
      alone.map((row) => row.probability),
    );
    expect(rows.slice(0, 16).map(({ decision, pattern }) => ({ decision, pattern }))).toEqual(
      alone.map(({ decision, pattern }) => ({ decision, pattern })),
    );
    expect(tally.rows).toBe(1463);
    expect(tally.accept + tally.abstain).toBe(rows.filter((row) => row.decision !== null).length);
    expect(
      rows
        .slice(0, 16)
        .map(({ low, high, shift }) => [low, high, shift].map((number) => Math.fround(number as number))),
    ).toEqual(alone.map(({ low, high, shift }) => [low, high, shift]));
    expect(rows.slice(0, 16).map(({ why }) => why)).toEqual(alone.map(({ why }) => why));
    expect(Object.keys(rows[0])).toEqual([...COLUMNS]);
  });

  it('are null if there is no answer, in every format, and a line with several answers gives one row for each', async () => {
    const prompts = {
      id: 'two',
      request: { prompt: ['a?', 'b?'] },
      response: { choices: ['x', 'y'].map((text, index) => ({ index, text, finish_reason: 'stop' })) },
    };
    const file = at('mixed-in.jsonl');
    const called = { id: 'call', prompt: 'q', answer: null, finish: 'tool_calls' };
    writeFileSync(file, `${[good[0], JSON.stringify(called), JSON.stringify(prompts)].join('\n')}\n`);
    const none = { id: 'call', probability: null, decision: null, logit: null, pattern: null, low: null, high: null };
    for (const ending of ENDINGS) await run({ files: [file], out: at(`mixed${ending}`) });
    const { tally } = await run({ files: [file], out: at('mixed-out.jsonl') });
    expect([tally.rows, tally.unanswered]).toEqual([4, 1]);
    const rows = jsonLines(at('mixed.jsonl.gz'));
    expect(rows.map(({ id }) => id)).toEqual([JSON.parse(good[0]).id, 'call', 'two/0', 'two/1']);
    const said = { ...none, shift: null, why: 'no answer', missing: null, claim: null, basis: null, promise: null };
    expect(rows[1]).toEqual({ ...said, bundle: rows[0].bundle });
    const [, csvRow] = parse(readFileSync(at('mixed.csv')), { columns: true }) as Record<string, string>[];
    const empty = Object.fromEntries(COLUMNS.map((name) => [name, '']));
    expect(csvRow).toEqual({ ...empty, id: 'call', why: 'no answer', bundle: rows[0].bundle });
    const table = await parquetReadObjects({ file: await asyncBufferFromFile(at('mixed.parquet')) });
    expect(table[1]).toEqual({ ...said, bundle: rows[0].bundle });
  });

  it('read back the same from every format', async () => {
    for (const ending of ENDINGS) await run({ out: at(`all${ending}`) });
    const rows = jsonLines(at('all.jsonl'));
    expect(jsonLines(at('all.jsonl.gz'))).toEqual(rows);
    const csvOf = (bytes: Buffer) =>
      parse(bytes, { columns: true }).map((row) => {
        const { id, probability, decision, logit, pattern, low, high, shift, why } = row as Record<string, string>;
        const { missing, claim, bundle, basis, promise } = row as Record<string, string>;
        return {
          ...{ id, probability: Number(probability), decision: decision || null, logit: Number(logit), pattern },
          ...{ low: Number(low), high: Number(high), shift: Number(shift), why: why || null },
          ...{ missing: missing === '' ? null : JSON.parse(missing), claim: claim || null, bundle },
          ...{ basis: basis || null, promise: promise || null },
        };
      });
    expect(csvOf(readFileSync(at('all.csv')))).toEqual(rows);
    expect(csvOf(gunzipSync(readFileSync(at('all.csv.gz'))))).toEqual(rows);
    const table = await parquetReadObjects({ file: await asyncBufferFromFile(at('all.parquet')) });
    const single = rows.map((row) => ({
      ...row,
      probability: Math.fround(row.probability as number),
      logit: Math.fround(row.logit as number),
      low: Math.fround(row.low as number),
      high: Math.fround(row.high as number),
      shift: Math.fround(row.shift as number),
    }));
    expect(table).toEqual(single);
  });

  it('--selected: an earlier score counts as what led to all rows; so does a record that says so', async () => {
    const { tally } = await run({ selected: true, out: at('selected.jsonl') });
    const rows = jsonLines(at('selected.jsonl'));
    expect(new Set(rows.map(({ decision, why }) => `${decision} ${why}`))).toEqual(new Set(['null selected']));
    expect([...tally.undecided.keys()]).toEqual(['selected']);
    expect(sentencesOf(summaryOf({ tally, before: 0, whole: true }, scorer.manifest, 'x', null, 1)).join('\n')).toMatch(
      /no decision for \d+ rows with free.*: an earlier score led to them/,
    );
    const own = good.slice(0, 3).map((line, i) => JSON.stringify({ ...JSON.parse(line), selected: i === 1 }));
    writeFileSync(at('own.jsonl'), own.join('\n'));
    await run({ files: [at('own.jsonl')], out: at('own-out.jsonl') });
    expect(jsonLines(at('own-out.jsonl')).map(({ why }) => why === 'selected')).toEqual([false, true, false]);
    writeFileSync(at('own.csv'), 'id,answer,selected\na,x,true\nb,x,\nc,x,0\nd,x,TRUE\n');
    await run({ files: [at('own.csv')], out: at('own-out.jsonl') });
    expect(jsonLines(at('own-out.jsonl')).map(({ why }) => why === 'selected')).toEqual([true, false, false, true]);
  });

  it('with a cost table: a row that cannot be accepted gets the cheaper of abstain and escalate, and keeps its why', async () => {
    const costs = { wrong: 10, abstain: 3, escalate: 1, escalatedWrong: 0.5 };
    const decisions = { by: 'pattern' as const, sliceBy: [], costs, cuts: cutsOf(costs) };
    await writeTinyBundle(at('costed'), { decisions });
    const costed = await openScorer(at('costed'));
    const call = { id: 'call', answer: null, finish: 'tool_calls' };
    writeFileSync(at('costed.jsonl'), [...good.slice(0, 200), JSON.stringify(call)].join('\n'));
    const job = { files: [at('costed.jsonl')], read: {}, out: at('costed-out.jsonl'), vouch: '1' };
    const { tally } = await scoreAnswers(costed, job);
    const rows = jsonLines(at('costed-out.jsonl'));
    const none = rows.at(-1)!;
    expect([none.decision, none.why]).toEqual([null, 'no answer']);
    const uncovered = rows.filter(({ why }) => why === 'unknown pattern' || why === 'uncertified pattern');
    expect(uncovered.length).toBeGreaterThan(50);
    // Escalating costs 1 + (1 − p) · 5, abstaining 3: the cut lies at .6.
    for (const { probability, decision } of uncovered) {
      expect(decision).toBe((probability as number) >= 0.6 ? 'escalate' : 'abstain');
    }
    expect(new Set(uncovered.map(({ decision }) => decision))).toEqual(new Set(['escalate', 'abstain']));
    const summary = summaryOf({ tally, before: 0, whole: true }, costed.manifest, 'x', null, 1);
    expect(summary.undecided.count).toBe(0);
    const unpromised = rows.filter(({ why, decision }) => why !== null && decision !== null);
    expect(summary.unpromised.count).toBe(unpromised.length);
    expect(sentencesOf(summary).join('\n')).toMatch(/no promise for \d+ rows with free/);
    await costed.close();
  });

  it('a column called selected with another meaning is refused', async () => {
    writeFileSync(at('options.csv'), 'id,answer,selected\na,x,B\n');
    await expect(run({ files: [at('options.csv')], out: at('none.jsonl') })).rejects.toThrow(
      /field "selected": has the wrong type or value \(expected true or false, got "B"\)/,
    );
  });

  it('of all shards together equal those of one run, to the last digit', async () => {
    await run({});
    const parts = [];
    for (const i of [1, 2, 3]) {
      const shard = parseShard(`${i}/3`);
      await run({ out: at(`part${i}.jsonl`), shard });
      parts.push(jsonLines(at(`part${i}.jsonl`)), jsonLines(at(`part${i}.jsonl.bad.jsonl`)));
    }
    const byId = (a: Score, b: Score) => Number(a.id.slice(1)) - Number(b.id.slice(1));
    const union = parts
      .flat()
      .filter((row) => 'id' in row)
      .sort(byId);
    expect(union).toEqual(jsonLines(at('out.jsonl')));
    expect(parts.flat()).toHaveLength(1500);
  });

  it('of repeated ids are all in the output', async () => {
    writeFileSync(at('twice.jsonl'), `${good[0]}\n${good[0]}\n`);
    await run({ files: [at('twice.jsonl'), at('twice.jsonl')], out: at('twice-out.jsonl') });
    expect(jsonLines(at('twice-out.jsonl')).map(({ id }) => id)).toEqual(['q0', 'q0', 'q0', 'q0']);
  });

  it('of an empty shard give an empty file of the format', async () => {
    writeFileSync(at('one.jsonl'), good[0]);
    for (const ending of ENDINGS) {
      await run({ files: [at('one.jsonl')], out: at(`empty${ending}`), shard: { index: 2, of: 2 } });
    }
    expect(readFileSync(at('empty.jsonl'), 'utf8')).toBe('');
    expect(gunzipSync(readFileSync(at('empty.jsonl.gz'))).toString()).toBe('');
    expect(readFileSync(at('empty.csv'), 'utf8')).toBe(`${COLUMNS.join(',')}\n`);
    expect(await parquetReadObjects({ file: await asyncBufferFromFile(at('empty.parquet')) })).toEqual([]);
  });

  it('go to a stream as JSON Lines, and the run ends quietly if its reader goes away', async () => {
    await run({});
    const taken: string[] = [];
    const stream = new Writable({
      write: (chunk, _, done) => {
        taken.push(String(chunk));
        done();
      },
    });
    await run({ out: '-' }, { stream });
    expect(taken.join('')).toBe(readFileSync(at('out.jsonl'), 'utf8'));
    const gone = new Writable({
      write: (_, __, done) => done(Object.assign(new Error('gone'), { code: 'EPIPE', syscall: 'write' })),
    });
    const { whole, tally } = await run({ out: '-' }, { stream: gone });
    expect(whole).toBe(false);
    expect(tally.rows).toBe(125); // 128 lines, 3 of them bad
  });
});

describe('reasons', () => {
  it('are a last column, the strongest first: an array in JSON Lines, its text elsewhere; the other columns do not change', async () => {
    for (const ending of ENDINGS) await run({ out: at(`why${ending}`), reasons: 6 });
    const rows = jsonLines(at('why.jsonl'));
    const reasons = rows.map((row) => row.reasons!);
    const asked = good.slice(0, 16).map((line) => JSON.parse(line));
    expect(reasons.slice(0, 16)).toEqual((await scorer.scoreMany(asked, { reasons: 6 })).map((row) => row.reasons));
    expect(Math.max(...reasons.map((list) => list.length))).toBe(6); // fewer where less moved the logit
    for (const list of reasons) {
      const strengths = list.map(({ effect }) => Math.abs(effect));
      expect(strengths).toEqual([...strengths].sort((a, b) => b - a));
    }
    const without = reasons.flat().find(({ signal, value }) => signal === 'tokens.meanEntropy' && value === null);
    expect(Object.keys(without!)).toEqual(['signal', 'value', 'effect', 'plain']);
    await run({});
    expect(rows.map(({ reasons: _, ...rest }) => rest)).toEqual(jsonLines(at('out.jsonl')));
    const texts = reasons.map((list) => JSON.stringify(list));
    const cells = parse(readFileSync(at('why.csv')), { columns: true }) as Record<string, string>[];
    expect(cells.map((row) => row.reasons)).toEqual(texts);
    const table = await parquetReadObjects({ file: await asyncBufferFromFile(at('why.parquet')) });
    expect(table.map((row) => row.reasons)).toEqual(texts);
  });

  it('sum up to the logit', async () => {
    const records = good.slice(0, 64).map((line) => JSON.parse(line));
    const scores = await scorer.scoreMany(records, { reasons: 100 });
    const base = scores.map(({ logit, reasons }) => logit - reasons!.reduce((sum, { effect }) => sum + effect, 0));
    expect(Math.max(...base) - Math.min(...base)).toBeLessThan(1e-3); // each is told to 1e-4
  });

  it.each(ENDINGS)('of shards and of a resumed run equal those of one run: %s', async (ending) => {
    const [whole, out] = [at(`why-whole${ending}`), at(`why-stopped${ending}`)];
    await run({ out: whole, reasons: 2 });
    await run({ out, reasons: 2 }, stopAfter(500)).catch(() => {});
    const mismatch = { code: 'RESUME_MISMATCH', detail: { field: 'reasons' } };
    await expect(run({ out, resume: true, reasons: 3 })).rejects.toMatchObject(mismatch);
    await expect(run({ out, resume: true })).rejects.toMatchObject(mismatch);
    expect((await run({ out, resume: true, reasons: 2 })).before).toBeGreaterThan(400);
    expect(readFileSync(out).equals(readFileSync(whole))).toBe(true);
    if (ending !== '.jsonl') return;
    await run({ out: at('why-part.jsonl'), reasons: 2, shard: { index: 2, of: 3 } });
    const known = new Map(jsonLines(whole).map((row) => [row.id, row]));
    for (const row of jsonLines(at('why-part.jsonl'))) expect(row).toEqual(known.get(row.id));
  });
});

describe('bad lines', () => {
  it('are set aside with their reasons, and counted', async () => {
    const scored = await run({ out: at('b.jsonl') });
    const bad = readFileSync(at('b.jsonl.bad.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(bad.map(({ line }) => line)).toEqual(Array.from({ length: 37 }, (_, i) => 40 * (i + 1)));
    expect(bad[0]).toMatchObject({ file: input, line: 40, code: 'VOUCH_BAD_RECORD', text: lines[39] });
    expect(bad[0].message).toMatch(/answers.jsonl:40: field "answer": .*\[VOUCH_BAD_RECORD\]$/);
    const summary = summaryOf(scored, scorer.manifest, at('b.jsonl'), at('b.jsonl.bad.jsonl'), 2);
    expect(summary.bad.count).toBe(37);
    expect(summary.bad.codes.VOUCH_BAD_RECORD).toEqual({ count: 37, first: bad[0].message });
    expect(summary.rowsPerSecond).toBe(731.5);
    expect(summary.undecided.reasons.map(({ held, says }) => `${held}: ${says}`).sort()).toEqual([
      'free+logprobs+samples: they are too unlike the training answers',
      'free+logprobs+samples: training had too few such answers to certify',
      'free+logprobs: they are too unlike the training answers',
      'free+samples: no threshold could be certified for such answers',
      'free: training had too few such answers to certify',
    ]);
    expect(summary.accepted + summary.abstained + summary.undecided.count).toBe(1463);
    expect(sentencesOf(summary)[0]).toBe(`1,463 rows scored in 2.0 s (732 rows/s): ${at('b.jsonl')}`);
    const large = { ...summary, rows: 9000, resumedAfter: 7154, accepted: 4500, rowsPerSecond: 1234.5 };
    const unknownKeys = { odd: 1463 };
    const codes = { VOUCH_BAD_RECORD: { count: 1037, first: 'none' } };
    const text = sentencesOf({ ...large, unknownKeys, bad: { ...summary.bad, codes } }).join('\n');
    expect(text).toContain('9,000 rows scored, 7,154 of them by an earlier run, in 2.0 s (1,235 rows/s)');
    expect(text).toContain('accepted 4,500 (50.0%)');
    expect(text).toContain('VOUCH_BAD_RECORD: 1,037, the first: none');
    expect(text).toContain('odd (1,463)');
  });

  it('of an earlier run are removed by a run without bad lines', async () => {
    await run({ out: at('b.jsonl') });
    writeFileSync(at('clean.jsonl'), good.slice(0, 3).join('\n'));
    await run({ files: [at('clean.jsonl')], out: at('b.jsonl') });
    expect(jsonLines(at('b.jsonl'))).toHaveLength(3);
    expect(existsSync(at('b.jsonl.bad.jsonl'))).toBe(false);
  });

  it('stop the run if asked to, and no incomplete file is left', async () => {
    await expect(run({ out: at('s.jsonl'), read: { badLines: 'stop' } })).rejects.toMatchObject({ code: 'BAD_RECORD' });
    expect(readdirSync(dir).filter((name) => name.startsWith('s.jsonl'))).toEqual([]);
  });

  it('without any good line give NO_ANSWERS, and their file is kept', async () => {
    writeFileSync(at('bad.jsonl'), 'not json\n{"answer": {}}\n');
    await expect(run({ files: [at('bad.jsonl')], out: at('n.jsonl') })).rejects.toThrow(
      /no line is an answer.*bad.jsonl:1: not JSON.*All 2 are in .*n.jsonl.bad.jsonl. \[VOUCH_NO_ANSWERS\]/,
    );
    expect(readdirSync(dir).filter((name) => name.startsWith('n.jsonl'))).toEqual(['n.jsonl.bad.jsonl']);
    writeFileSync(at('void.jsonl'), '\n');
    await expect(run({ files: [at('void.jsonl')], out: at('n.jsonl') })).rejects.toMatchObject({ code: 'NO_ANSWERS' });
  });
});

/** Stops a run when `rows` are scored. */
function stopAfter(rows: number): Watch {
  const controller = new AbortController();
  return { stop: controller.signal, progress: (n) => n >= rows && controller.abort() };
}

describe('a run that was stopped', () => {
  it.each(ENDINGS)('resumes to the same bytes: %s', async (ending) => {
    const [whole, out] = [at(`whole${ending}`), at(`stopped${ending}`)];
    const undisturbed = await run({ out: whole });
    await expect(run({ out }, stopAfter(500))).rejects.toThrow(
      /partial has the first 500 rows\. .*--resume.*\[VOUCH_INTERRUPTED\]/,
    );
    expect(existsSync(out)).toBe(false);
    await expect(run({ out, resume: true }, stopAfter(600))).rejects.toMatchObject({ code: 'INTERRUPTED' });
    const said: string[] = [];
    const { tally, before } = await run({ out, resume: true }, { say: (text) => said.push(text) });
    expect(before).toBeGreaterThan(600);
    expect(said).toEqual([`continuing after ${before} rows that an earlier run scored`]);
    expect(readFileSync(out).equals(readFileSync(whole))).toBe(true);
    expect(readFileSync(`${out}.bad.jsonl`)).toEqual(readFileSync(`${whole}.bad.jsonl`));
    expect(tally).toEqual(undisturbed.tally);
    expect(readdirSync(dir).filter((name) => name.includes('.partial'))).toEqual([]);
  });

  it('resumes from any state that kill −9 can leave: incomplete blocks or marks, nothing lost or repeated', async () => {
    await run({ out: at('whole.parquet') });
    await run({ out: at('whole.jsonl') });
    const small = fc.record({
      ending: fc.constantFrom('.jsonl', '.parquet'),
      rows: fc.integer({ min: 300, max: 1400 }),
      torn: fc.integer({ min: 0, max: 3000 }),
      tornMark: fc.integer({ min: 0, max: 300 }),
    });
    await fc.assert(
      fc.asyncProperty(small, async ({ ending, rows, torn, tornMark }) => {
        const out = at(`killed${ending}`);
        const names = ['.partial', '.partial.jsonl', '.bad.jsonl.partial'].map((name) => out + name);
        const { stop, progress } = stopAfter(rows);
        const kept = (n: number, bytes: number, total: number) => {
          for (const name of names) if (n >= rows && existsSync(name)) copyFileSync(name, `${name}.kept`);
          progress?.(n, bytes, total);
        };
        await run({ out }, { stop, progress: kept }).catch(() => {});
        for (const name of names) if (existsSync(`${name}.kept`)) copyFileSync(`${name}.kept`, name);
        await appendFile(names[0], Buffer.alloc(torn, 'x'));
        await appendFile(names[1], '{"place":{"seen":99999'.padEnd(tornMark, '9').slice(0, tornMark));
        await run({ out, resume: true });
        expect(readFileSync(out).equals(readFileSync(at(`whole${ending}`)))).toBe(true);
        for (const name of names) rmSync(`${name}.kept`, { force: true });
      }),
      { numRuns: 12 },
    );
  });

  it('is completed by renaming if it was killed after its last mark', async () => {
    const out = at('last.jsonl');
    await run({ out: at('whole.jsonl') });
    const scored = await run({ out });
    const mark = {
      place: { seen: 1500, file: 0, line: 1500, id: 'q1499' },
      bytes: 1,
      badBytes: 1,
      tally: scored.tally,
      final: true,
    };
    await run({ out: at('head.jsonl') }, stopAfter(700)).catch(() => {});
    const header = readFileSync(at('head.jsonl.partial.jsonl'), 'utf8').split('\n')[0];
    copyFileSync(out, `${out}.partial`); // as it was before the renaming
    copyFileSync(`${out}.bad.jsonl`, `${out}.bad.jsonl.partial`);
    rmSync(out);
    writeFileSync(`${out}.partial.jsonl`, `${header}\n${JSON.stringify(mark, mapsOut)}\n`);
    const again = await run({ out, resume: true });
    expect(again.tally.rows).toBe(1463);
    expect(readFileSync(out).equals(readFileSync(at('whole.jsonl')))).toBe(true);
    expect(readdirSync(dir).filter((name) => name.startsWith('last'))).toEqual(['last.jsonl', 'last.jsonl.bad.jsonl']);
  });

  it('is not resumed if bundle, input or options differ, and is not changed', async () => {
    const out = at('m.jsonl');
    await run({ out }, stopAfter(500)).catch(() => {});
    const partial = readFileSync(`${out}.partial`);
    const mismatch = (field: string) => ({ code: 'RESUME_MISMATCH', detail: { field } });
    await writeTinyBundle(at('other'), { seed: 2 });
    const other = await openScorer(at('other'));
    const job: ScoreJob = { files: [input], read: {}, out, checkpoint: 256, vouch: '1', resume: true };
    await expect(scoreAnswers(other, job)).rejects.toMatchObject(mismatch('bundle'));
    await expect(run({ out, resume: true, shard: { index: 1, of: 2 } })).rejects.toMatchObject(mismatch('shard'));
    await expect(run({ out, resume: true, checkpoint: 512 })).rejects.toMatchObject(mismatch('checkpoint'));
    await expect(run({ out, resume: true, vouch: '2' })).rejects.toMatchObject(mismatch('vouch'));
    writeFileSync(at('edited.jsonl'), `${lines.join('\n')}\n`.replace('word', 'Word'));
    await expect(run({ out, resume: true, files: [at('edited.jsonl')] })).rejects.toMatchObject(mismatch('inputs'));
    expect(readFileSync(`${out}.partial`).equals(partial)).toBe(true);
    await truncate(`${out}.partial`, 10);
    await expect(run({ out, resume: true })).rejects.toThrow(/expected at least \d+ bytes, got 10/);
    const said: string[] = [];
    await run({ out }, { say: (text) => said.push(text) });
    expect(said[0]).toMatch(/m.jsonl.partial was left by an earlier run and is replaced/);
  });

  it('is not resumed with another encoder of the same name, or without it', async () => {
    const out = at('encoders.jsonl');
    const encoder = (sha256: string) => ({ name: 'e', sha256, maxTokens: 8, pooling: 'mean' as const });
    await run({ out, encoders: [encoder('a')] }, stopAfter(500)).catch(() => {});
    const mismatch = { code: 'RESUME_MISMATCH', detail: { field: 'encoders' } };
    await expect(run({ out, resume: true, encoders: [encoder('b')] })).rejects.toMatchObject(mismatch);
    await expect(run({ out, resume: true })).rejects.toMatchObject(mismatch);
    expect((await run({ out, resume: true, encoders: [encoder('a')] })).before).toBeGreaterThan(400);
  });

  it('resumes from a compressed input, or from several', async () => {
    writeFileSync(at('a.jsonl.gz'), gzipSync(lines.slice(0, 700).join('\n')));
    writeFileSync(at('b.jsonl'), lines.slice(700).join('\n'));
    const files = [at('a.jsonl.gz'), at('b.jsonl'), at('b.jsonl')];
    await run({ files, out: at('three.jsonl') });
    for (const rows of [400, 900, 1600]) {
      const out = at(`three${rows}.jsonl`);
      await run({ files, out }, stopAfter(rows)).catch(() => {});
      const { before } = await run({ files, out, resume: true });
      expect(before).toBeGreaterThanOrEqual(rows - 256);
      expect(readFileSync(out).equals(readFileSync(at('three.jsonl')))).toBe(true);
    }
  });

  it('refuses an input of equal size in which two rows were swapped, in every layout', async () => {
    const records = Array.from({ length: 1500 }, (_, i) => ({
      id: `q${1000 + i}`,
      answer: `it is ${1000 + i}${' so'.repeat(80)}`,
    }));
    const swapped = records.with(300, records[301]).with(301, records[300]); // beyond the ends that are compared first
    const ways: Record<string, (rows: typeof records) => string | Uint8Array> = {
      'r.jsonl': (rows) => rows.map((row) => `${JSON.stringify(row)}\n`).join(''),
      'r.json': (rows) => JSON.stringify(rows, null, 1),
      'r.csv': (rows) => `id,answer\n${rows.map(({ id, answer }) => `${id},${answer}\n`).join('')}`,
      'r.parquet': (rows) =>
        Buffer.from(
          parquetWriteBuffer({
            columnData: (['id', 'answer'] as const).map((name) => ({ name, data: rows.map((row) => row[name]) })),
            codec: 'UNCOMPRESSED',
          }),
        ),
    };
    for (const [name, written] of Object.entries(ways)) {
      const out = at(`${name}.out.jsonl`);
      const files = [at(name)];
      writeFileSync(files[0], written(records));
      const size = readFileSync(files[0]).length;
      await run({ files, out }, stopAfter(800)).catch(() => {});
      const partial = readFileSync(`${out}.partial`);
      writeFileSync(files[0], written(swapped));
      expect(readFileSync(files[0]).length).toBe(size);
      await expect(run({ files, out, resume: true })).rejects.toMatchObject({
        code: 'RESUME_MISMATCH',
        message: expect.stringContaining(name === 'r.parquet' ? 'inputs' : 'rows of the input have changed'),
      });
      expect(readFileSync(`${out}.partial`).equals(partial)).toBe(true);
      writeFileSync(files[0], written(records));
      const { before, tally } = await run({ files, out, resume: true });
      expect([name, before >= 512, tally.rows]).toEqual([name, true, 1500]);
      expect(jsonLines(out).map(({ id }) => id)).toEqual(records.map(({ id }) => id));
    }
  });

  it('refuses swapped rows of other shards before the last row', async () => {
    const out = at('sharded.jsonl');
    const shard = { index: 1, of: 3 };
    const file = at('s.jsonl');
    const rows = lines.filter((_, i) => i % 40 !== 39);
    writeFileSync(file, `${rows.join('\n')}\n`);
    await run({ files: [file], out, shard, checkpoint: 128 }, stopAfter(256)).catch(() => {});
    writeFileSync(file, `${rows.with(30, rows[31]).with(31, rows[30]).join('\n')}\n`);
    const again = { files: [file], out, shard, checkpoint: 128, resume: true };
    await expect(run(again)).rejects.toMatchObject({ code: 'RESUME_MISMATCH' });
    writeFileSync(file, `${rows.join('\n')}\n`);
    expect((await run(again)).before).toBeGreaterThan(0);
  });

  it('starts again if nothing was written', async () => {
    const said: string[] = [];
    const { before } = await run({ out: at('fresh.jsonl'), resume: true }, { say: (text) => said.push(text) });
    expect(before).toBe(0);
    expect(said).toEqual(['there is nothing to resume: scoring starts with the first row']);
  });
});

describe('outputs', () => {
  it('that are not possible are refused before anything is read', async () => {
    await expect(run({ out: at('x.txt') })).rejects.toMatchObject({ code: 'BAD_USAGE', exit: 2 });
    await expect(run({ out: '-', resume: true })).rejects.toMatchObject({ code: 'BAD_USAGE', exit: 2 });
    await expect(run({ out: input })).rejects.toThrow(/would replace an input/);
    await expect(run({ out: at('bundle/manifest.json/x.jsonl') })).rejects.toMatchObject({ code: 'OUT_UNWRITABLE' });
    await expect(run({ files: [at('none.jsonl')] })).rejects.toMatchObject({ code: 'FILE_MISSING', exit: 1 });
    await expect(run({ files: ['-', '-'] })).rejects.toMatchObject({ code: 'BAD_USAGE' });
    writeFileSync(at('foreign.jsonl.partial'), 'of another command');
    await expect(run({ out: at('foreign.jsonl') })).rejects.toMatchObject({ code: 'OUT_EXISTS' });
    expect(readFileSync(at('foreign.jsonl.partial'), 'utf8')).toBe('of another command');
  });

  it('do not change until the new one is complete; a link stays a link', async () => {
    writeFileSync(at('old.jsonl'), 'old');
    symlinkSync(at('old.jsonl'), at('link.jsonl'));
    await run({ out: at('link.jsonl') }, stopAfter(700)).catch(() => {});
    expect(readFileSync(at('link.jsonl'), 'utf8')).toBe('old');
    await run({ out: at('link.jsonl'), resume: true });
    expect(jsonLines(at('old.jsonl'))).toHaveLength(1463);
  });

  it('of two runs at once: the run whose partial file was replaced fails and publishes nothing', async () => {
    const out = at('race.jsonl');
    let second: Promise<unknown> | undefined;
    const first = run({ out }, { progress: () => (second ??= run({ out })) });
    await expect(first).rejects.toMatchObject({ code: 'OUT_EXISTS' });
    await second;
    expect(jsonLines(out)).toHaveLength(1463);
  });
});

import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeLines } from '../../../bench/features/lines.js';
import { plainPlan } from '../../../data/read/json/json-plan.js';
import { readBundle } from '../../../models/bundle/read.js';
import { START } from '../../../scorer/batch/resume/place.js';
import { sharedBundle } from '../../../scorer/batch/threads/shared-bundle.js';
import type * as Threads from '../../../scorer/batch/threads/threads.js';
import { sampleLines } from '../../support/sample-answers.js';
import { writeTinyBundle } from '../../support/tiny-bundle.js';
import { peakMemory, score } from './vouch-score.js';

const root = resolve(import.meta.dirname, '../../..');
const dir = mkdtempSync(join(tmpdir(), 'vouch-threads-'));
const at = (name: string) => join(dir, name);
const shape = { tokens: 40, alternatives: 5, words: 30 };
const bundle = ['--model', at('bundle'), '--quiet'];

beforeAll(async () => {
  await writeTinyBundle(at('bundle'));
  writeFileSync(at('a.jsonl'), `${sampleLines(8000, 300).join('\n')}\n`);
  const lines = makeLines(3000, shape, 'threads');
  writeFileSync(at('b.jsonl'), lines);
  writeFileSync(at('b.jsonl.gz'), gzipSync(lines, { level: 1 }));
  writeFileSync(at('few.jsonl'), `${sampleLines(20, 0, 9).join('\n')}\n`);
  const pair = 'token VARCHAR, logprob DOUBLE';
  const columns = `{id: 'VARCHAR', model: 'VARCHAR', prompt: 'VARCHAR', answer: 'VARCHAR', tokens: 'STRUCT(${pair}, top STRUCT(${pair})[])[]'}`;
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const read = `read_json('${at('b.jsonl')}', format = 'newline_delimited', columns = ${columns})`;
  await connection.run(`COPY (SELECT * FROM ${read}) TO '${at('b.parquet')}' (FORMAT parquet, ROW_GROUP_SIZE 2048)`);
  // another writer's order of fields and precision, and without a prompt
  const token = `{'top': list_transform(t.top, o -> {'logprob': o.logprob::FLOAT, 'token': o.token}), 'logprob': t.logprob::FLOAT, 'token': t.token}`;
  await connection.run(
    `COPY (SELECT id, answer AS response, list_transform(tokens, t -> ${token}) AS tokens, model FROM ${read}) TO '${at('c.parquet')}' (FORMAT parquet, ROW_GROUP_SIZE 3000)`,
  );
});
afterAll(() => rmSync(dir, { recursive: true }));

function run(files: string[], out: string, more: string[] = []) {
  const { status, stderr } = score([...files.map(at), '--out', at(out), ...bundle, ...more]);
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return readFileSync(at(out));
}

describe('vouch score in threads', () => {
  const all = ['a.jsonl', 'few.jsonl', 'b.parquet', 'b.jsonl.gz', 'c.parquet'];

  it.each(['.jsonl', '.csv.gz', '.parquet'])('writes the same bytes for any number of them: %s', (ending) => {
    const one = run(all, `one${ending}`, ['--threads', '1', '--reasons', '2']);
    expect(one.length).toBeGreaterThan(100_000);
    for (const threads of ['2', '3']) {
      expect(run(all, `more${ending}`, ['--threads', threads, '--reasons', '2']).equals(one)).toBe(true);
      const bad = readFileSync(at(`one${ending}.bad.jsonl`));
      expect(readFileSync(at(`more${ending}.bad.jsonl`)).equals(bad)).toBe(true);
      expect(bad.toString().trim().split('\n')).toHaveLength(26);
    }
  });

  it('says the same of a row from JSON Lines as from Parquet', () => {
    const lines = run(['b.jsonl'], 'lines.jsonl').toString();
    expect(run(['b.parquet'], 'table.jsonl').toString()).toBe(lines);
    expect(run(['b.jsonl.gz'], 'zipped.jsonl').toString()).toBe(lines);
  });

  it('of shards over many files is together the whole; standard input and output too', () => {
    const whole = run(all, 'whole.jsonl').toString().trim().split('\n');
    const parts = [1, 2, 3].flatMap((i) =>
      run(all, `part${i}.jsonl`, ['--shard', `${i}/3`, '--threads', '2'])
        .toString()
        .trim()
        .split('\n'),
    );
    expect(parts.sort()).toEqual(whole.sort());
    const piped = execFileSync(
      'sh',
      [
        '-c',
        `'${process.execPath}' dist/scripts/vouch.js score - --out - ${bundle.join(' ')} --threads 2 < '${at('b.jsonl')}'`,
      ],
      { encoding: 'utf8', maxBuffer: 2 ** 28 },
    );
    expect(piped).toBe(run(['b.jsonl'], 'again.jsonl').toString());
  });

  it('scores with the bundle that the run began with, though its folder is replaced before a thread starts', async () => {
    const { threadPool } = (await import(join(root, 'dist/scorer/batch/threads/threads.js'))) as typeof Threads;
    await writeTinyBundle(at('replaced'));
    const bundle = sharedBundle(await readBundle(at('replaced')));
    const pool = threadPool(2, { badLines: 'skip', requests: new Map(), bundle, out: '-' });
    const bytes = Buffer.from(sampleLines(1, 0, 9)[0]);
    const rows = { plan: plainPlan, lines: [{ bytes, from: 0, to: bytes.length, number: 1 }] };
    const scored = async () =>
      Buffer.from((await pool.score({ file: 'a', rows, place: START, bytes: 0 })).part as Buffer);
    const first = await scored();
    await writeTinyBundle(at('replaced'), { seed: 2 });
    const both = await Promise.all([scored(), scored()]); // the second block starts a thread
    await pool.close();
    expect(both).toEqual([first, first]);
    expect(first.toString()).toContain(`"bundle":"${bundle.digest.slice(0, 12)}"`);
  });

  it('stops at a bad line where it is told to, with the error of one thread and nothing left', () => {
    const of = (threads: string) =>
      score([at('a.jsonl'), '--out', at('stop.jsonl'), ...bundle, '--bad-lines', 'stop', '--threads', threads]);
    const two = of('2');
    expect(two).toMatchObject({ status: 1, stderr: of('1').stderr });
    expect(two.stderr).toMatch(/a\.jsonl:300: .*\[VOUCH_BAD_(JSON|RECORD)\]\n$/);
    expect(existsSync(at('stop.jsonl'))).toBe(false);
    expect(existsSync(at('stop.jsonl.partial'))).toBe(false);
  });

  it('keeps its memory flat: 1.1 GB take no more than a third more than 370 MB', async () => {
    // below some hundred megabytes the heaps are still filling to the size they keep
    const lines = readFileSync(at('b.jsonl'));
    writeFileSync(at('long.jsonl'), Buffer.concat(Array.from({ length: 10 }, () => lines)));
    const memory = async (times: number) => {
      const files = Array.from({ length: times }, () => at('long.jsonl'));
      const { status, peak } = await peakMemory([...files, '--out', at('m.jsonl'), ...bundle, '--threads', '2']);
      expect(status).toBe(0);
      return peak;
    };
    const [short, long] = [await memory(1), await memory(3)];
    expect(long / short, `${short.toFixed(0)} → ${long.toFixed(0)} MiB`).toBeLessThan(1.33);
    expect(long).toBeLessThan(600);
  });
});

import { readFileSync, writeFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkAnswer } from '../../../data/check-record.js';
import { settled } from '../../../data/duck/settle.js';
import { packedTokens } from '../../../data/duck/token-block.js';
import { readAnswers, readPacked } from '../../../data/read/answers.js';
import { rowsOf } from '../../../data/read/rows.js';
import type { Answer } from '../../../data/token-list.js';
import { features } from '../../../features/list.js';
import { rowMaker } from '../../../features/row.js';
import { fixture, temporary } from '../temporary.js';

const { folder } = temporary();
const schema = { topK: 3, numeric: features.map(({ name, version }) => `${name}@${version}`), categorical: [] };

/** Tokens written in many ways: floats and doubles, fields in other orders, others beside them, nulls wherever one can stand. */
const files: Record<string, string> = {
  plain: `SELECT 'q'||i AS id, 'word'||i||' and more' AS answer, [{'token': 'word'||i, 'logprob': -0.25*j - i/7, 'top': [{'token': 'é'||k, 'logprob': (-1.5*k - 0.1)::DOUBLE} for k in range(3)]} for j in range(i % 7)] AS tokens FROM range(5000) t(i)`,
  single: `SELECT 'a' AS answer, [{'top': [{'x': 1, 'logprob': (-0.1*k)::FLOAT, 'token': 'b'} for k in range(4)], 'rank': j, 'logprob': (-1.1*j)::FLOAT, 'token': 'a token longer than twelve bytes'} for j in range(3)] AS tokens FROM range(300)`,
  bare: `SELECT 'a' AS answer, [{'token': '日本😀', 'logprob': -0.5::DOUBLE}, {'token': 'a much longer 日本😀 text', 'logprob': -0.25::DOUBLE}] AS tokens FROM range(10)`,
  nulls: `SELECT 'q'||i AS id, 'a' AS answer, CASE WHEN i % 5 = 0 THEN NULL ELSE [{'token': 'a', 'logprob': CASE WHEN i % 3 = 0 THEN NULL ELSE -1.0::DOUBLE END, 'top': CASE WHEN i % 4 = 0 THEN NULL ELSE [{'token': 'b', 'logprob': CASE WHEN i % 7 = 0 THEN NULL ELSE '-inf'::DOUBLE END}, {'token': 'c', 'logprob': -2.0::DOUBLE}, {'token': 'd', 'logprob': 'nan'::DOUBLE}, {'token': 'e', 'logprob': 5e-7::DOUBLE}] END}] END AS tokens FROM range(3000) t(i)`,
  wrong: `SELECT 'q'||i AS id, 'a' AS answer, [CASE WHEN i = 3 THEN NULL ELSE {'token': CASE WHEN i = 5 THEN NULL ELSE 'a' END, 'logprob': CASE WHEN i = 7 THEN 0.5::DOUBLE ELSE -1.0::DOUBLE END, 'top': [{'token': CASE WHEN i = 9 THEN NULL ELSE 'b' END, 'logprob': -1.0::DOUBLE}, CASE WHEN i = 11 THEN NULL ELSE {'token': 'c', 'logprob': -2.0::DOUBLE} END]} END] AS tokens FROM range(20) t(i)`,
  unsure: `SELECT 'a' AS answer, {'nli': CASE WHEN i = 4 THEN 'high' END} AS verifiers, [{'token': 'a', 'logprob': (-1.0 - i)::DOUBLE}] AS tokens FROM range(6) t(i)`,
  texts: `SELECT 'a' AS answer, '[{"token": "a", "logprob": -1}]' AS tokens`,
  decimals: `SELECT 'a' AS answer, [{'token': 'a', 'logprob': (-1.5)::DECIMAL(9, 2)}] AS tokens`,
  none: `SELECT 'a' AS answer, 1 AS stated`,
};

beforeAll(async () => {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  for (const [name, sql] of Object.entries(files)) {
    await connection.run(
      `COPY (${sql}) TO '${folder}/${name}.parquet' (FORMAT parquet, ROW_GROUP_SIZE 2500, COMPRESSION uncompressed)`,
    );
  }
});

interface Outcome {
  line: number;
  answer?: Omit<Answer, 'tokens'>;
  tokens?: unknown;
  signals?: number[];
  error?: string;
}

/** What becomes of each row, with packed tokens or without; and how many came packed. */
async function outcomes(file: string, packed: boolean): Promise<{ rows: Outcome[]; packed: number }> {
  const maker = rowMaker(schema);
  const signals = new Float64Array(schema.numeric.length);
  const rows: Outcome[] = [];
  let count = 0;
  for await (const { rows: some, convert } of rowsOf(file, { packed })) {
    for (const row of some) {
      try {
        const record: Answer = checkAnswer((convert(row)[0] as { record: unknown }).record, 'f', row.line);
        if (row.tokens !== undefined) {
          // on its way to a thread or not
          const block = row.line % 97 === 0 ? structuredClone(settled(row.tokens.block)) : row.tokens.block;
          record.tokens = packedTokens(block, row.tokens.span);
          count++;
        }
        maker.row(record, signals, 0, new Int32Array(0), 0);
        const { tokens, ...answer } = record;
        const texts = JSON.stringify(
          tokens == null
            ? null
            : [...tokens].map(({ token, logprob, top }) => [
                token,
                logprob,
                top?.map((other) => [other.token, other.logprob]),
              ]),
        );
        rows.push({ line: row.line, answer, tokens: texts, signals: Array.from(signals) });
      } catch (error) {
        rows.push({ line: row.line, error: (error as Error).message });
      }
    }
  }
  return { rows, packed: count };
}

describe('tokens of Parquet by DuckDB', () => {
  it.each([
    ['plain', 5000, 5000, 0],
    ['single', 300, 300, 0],
    ['bare', 10, 10, 0],
    ['nulls', 3000, 2400, 0],
    ['wrong', 20, 15, 5],
    ['texts', 1, 0, 0],
    ['decimals', 1, 0, 0],
    ['none', 1, 0, 0],
  ])('%s: the same records, signals to the bit and errors as the plain reader', async (name, n, packed, errors) => {
    const file = `${folder}/${name}.parquet`;
    const quick = await outcomes(file, true);
    const slow = await outcomes(file, false);
    expect(quick.rows).toEqual(slow.rows);
    expect([quick.rows.length, quick.packed, slow.packed]).toEqual([n, packed, 0]);
    expect(quick.rows.filter(({ error }) => error !== undefined)).toHaveLength(errors);
  });

  it('sets a row that is wrong elsewhere aside with its tokens: nothing of it is lost', async () => {
    const file = `${folder}/unsure.parquet`;
    const aside = async (read: typeof readPacked | typeof readAnswers) => {
      const bad: unknown[] = [];
      for await (const batch of read([file], { badLines: 'skip' })) {
        bad.push(...batch.bad.map(({ line, text }) => ({ line, ...JSON.parse(text) })));
      }
      return bad;
    };
    const quick = await aside(readPacked);
    expect(quick).toEqual([
      { line: 5, answer: 'a', verifiers: { nli: 'high' }, tokens: [{ token: 'a', logprob: -5, top: null }] },
    ]);
    expect(await aside(readAnswers)).toMatchObject([{ line: 5, tokens: [{ token: 'a', logprob: -5 }] }]);
  });

  it('reads the fixture of Apache Arrow the same', async () => {
    const file = fixture('nested.parquet');
    expect((await outcomes(file, true)).rows).toEqual((await outcomes(file, false)).rows);
  });

  it('leaves a file whose texts are no UTF-8 to the plain reader', async () => {
    const bytes = readFileSync(`${folder}/plain.parquet`);
    let found = 0;
    for (let at = bytes.indexOf('word4321'); at >= 0; at = bytes.indexOf('word4321', at + 1)) {
      bytes.set([0xed, 0xa0, 0x80], at);
      found++;
    }
    expect(found).toBeGreaterThan(0);
    writeFileSync(`${folder}/surrogate.parquet`, bytes);
    const quick = await outcomes(`${folder}/surrogate.parquet`, true);
    expect(quick.rows).toEqual((await outcomes(`${folder}/surrogate.parquet`, false)).rows);
    expect(quick.rows).toHaveLength(5000);
    expect(quick.rows[4321].tokens).toContain('\ufffd\ufffd\ufffdd4321');
  });
});

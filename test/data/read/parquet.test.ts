import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { errorOf, fixture, readAll, temporary } from '../temporary.js';

const { put } = temporary();

describe('Parquet', () => {
  it('reads flat columns of Apache Arrow by usual names, over row groups', async () => {
    const { records, lines, bytes } = await readAll(fixture('flat.parquet'));
    expect(lines).toEqual([1, 2, 3]);
    expect(bytes).toBe(readFileSync(fixture('flat.parquet')).length);
    const time = '2026-01-05T10:00:00.000Z';
    expect(records).toEqual([
      {
        id: 'flat.parquet:1',
        group: '7',
        time,
        prompt: 'Capital of Australia?',
        answer: 'Canberra',
        stated: 0.95,
        reference: ['Canberra'],
        labels: [{ value: 1 }],
        features: { tenureDays: 31.5 },
      },
      {
        id: 'flat.parquet:2',
        group: '7',
        time,
        prompt: "Australia's capital?",
        answer: 'Sydney',
        stated: 0.6,
        reference: ['Canberra'],
        labels: [{ value: 0 }],
      },
      {
        id: 'flat.parquet:3',
        group: '8',
        time,
        prompt: '2 + 2?',
        answer: '4',
        reference: ['4', 'four'],
        features: { tenureDays: 2 },
      },
    ]);
  });

  it('reads nested tokens, samples, choices and maps, compressed by Zstandard', async () => {
    const { records } = await readAll(fixture('nested.parquet'));
    expect(records).toEqual([
      {
        id: 'n1',
        answer: 'Can berra',
        tokens: [
          {
            token: 'Can',
            logprob: -0.25,
            top: [
              { token: 'Can', logprob: -0.25 },
              { token: 'Syd', logprob: Number.NEGATIVE_INFINITY },
            ],
          },
          { token: ' berra', logprob: -0.5 },
        ],
        choices: { A: 0.75 },
        verifiers: { nli: 0.5 },
        samples: [{ answer: 'Sydney', stated: 0.5 }],
        embeddings: { default: [0.5, -1] },
      },
      {
        id: 'n2',
        answer: '',
        choices: { A: 0.5, B: 0.25 },
        verifiers: {},
        samples: [],
        embeddings: { default: [0.25, 2] },
      },
    ]);
  });

  it('says what is wrong with a damaged file, a column that is not there, standard input', async () => {
    const raw = readFileSync(fixture('flat.parquet'));
    const cut = put('cut.parquet', raw.subarray(0, raw.length - 50));
    expect(await errorOf(readAll(cut))).toMatchObject({ code: 'BAD_PARQUET', file: cut });
    const text = put('text.parquet', 'not parquet');
    expect(await errorOf(readAll(text))).toMatchObject({ code: 'BAD_PARQUET', file: text });
    const damaged = Buffer.from(raw);
    damaged.fill(0xee, 4, 120);
    expect(await errorOf(readAll(put('damaged.parquet', damaged)))).toMatchObject({ code: 'BAD_PARQUET' });
    expect(await errorOf(readAll(fixture('flat.parquet'), { map: { task: 'kind' } }))).toMatchObject({
      code: 'BAD_PARQUET',
      field: 'task',
      expected: 'kind',
    });
  });

  it('sets a bad row aside as JSON', async () => {
    const { records, bad } = await readAll(fixture('flat.parquet'), {
      badLines: 'skip',
      map: { label: 'question_id' },
    });
    expect(records).toEqual([]);
    expect(bad.map(({ line, error }) => [line, error.code, error.detail.field])).toEqual([
      [1, 'BAD_LABEL', 'question_id'],
      [2, 'BAD_LABEL', 'question_id'],
      [3, 'BAD_LABEL', 'question_id'],
    ]);
    expect(JSON.parse(bad[0].text)).toMatchObject({ question_id: 7, response: 'Canberra' });
  });
});

import { describe, expect, it } from 'vitest';
import { layoutOf } from '../../../data/read/format.js';
import { readMap } from '../../../data/read/map/map.js';
import { newSummary } from '../../../data/read/summary.js';
import { errorOf, readAll, temporary } from '../temporary.js';

const { put } = temporary();

describe('layoutOf', () => {
  it.each([
    ['a.jsonl', '{"answer":1}', 'jsonl'],
    ['a.ndjson.gz', 'anything', 'jsonl'],
    ['a.csv.zst', '{"a":1}', 'csv'],
    ['A.TSV', 'a\tb', 'csv'],
    ['a.parquet', 'x', 'parquet'],
    ['a.jsonl', 'PAR1....', 'parquet'],
    ['-', '\uFEFF\n {"answer":1}', 'jsonl'],
    ['a.json', '[{"answer":1}]', 'json'],
    ['-', '{\n  "answer": 1\n}', 'json'],
    ['stream.txt', 'data: {"id":"c"}\n\n', 'sse'],
    ['empty', '', 'jsonl'],
    ['noname', 'id,answer\n1,2', 'csv'],
  ])('%s holding %j is %s', (file, head, layout) => {
    expect(layoutOf(file, Buffer.from(head))).toBe(layout);
  });

  it.each([
    ['a.xlsx', 'PK\x03\x04....', /spreadsheet; save it as CSV/],
    ['a.jsonl.xz', '\xfd7zXZ\0', /compressed with xz/],
    ['a.csv', '\xff\xfea\0', /UTF-16/],
    ['a.dat', 'one line', /from the name or the first line/],
    ['a.bin', 'ab\0\x01,\n', /binary/],
  ])('%s holding %j is refused', (file, head, words) => {
    expect(() => layoutOf(file, Buffer.from(head, 'latin1'))).toThrow(
      expect.objectContaining({ code: 'UNKNOWN_FORMAT', message: expect.stringMatching(words) }),
    );
  });

  it('obeys a format that is named', async () => {
    const file = put('table.txt', 'answer\nyes\nno\n');
    expect(await errorOf(readAll(file))).toMatchObject({
      code: 'UNKNOWN_FORMAT',
      file,
      hint: expect.stringMatching(/--format/),
    });
    expect((await readAll(file, { format: 'csv' })).records.map(({ answer }) => answer)).toEqual(['yes', 'no']);
  });
});

describe('column maps', () => {
  it('are read from pairs or a file, and checked', async () => {
    expect(await readMap('answer=response, features.plan=tier')).toEqual({
      answer: 'response',
      'features.plan': 'tier',
    });
    expect(await readMap(put('map.json', '{"answer": "a=b, c"}'))).toEqual({ answer: 'a=b, c' });
    expect(await errorOf(readMap('answer'))).toMatchObject({ code: 'BAD_USAGE', got: 'answer' });
    expect(await errorOf(readMap('anser=response'))).toMatchObject({ code: 'BAD_USAGE', got: 'anser' });
    expect(await errorOf(readMap('none.json'))).toMatchObject({ code: 'FILE_MISSING' });
    expect(await errorOf(readMap(put('list.json', '["answer"]')))).toMatchObject({ code: 'BAD_USAGE' });
    expect(await errorOf(readMap(put('broken.json', '{')))).toMatchObject({ code: 'BAD_JSON' });
  });

  it('rename keys and paths of JSON Lines too', async () => {
    const file = put(
      'own.jsonl',
      '{"key": 7, "out": {"text": "Oslo"}, "ask": "Norway?", "sure": "80%", "ok": "yes", "answer": "gold"}\n',
    );
    const map = { id: 'key', answer: 'out.text', prompt: 'ask', stated: 'sure', label: 'ok' };
    expect((await readAll(file, { map })).records).toEqual([
      {
        id: '7',
        answer: 'Oslo',
        prompt: 'Norway?',
        stated: 0.8,
        labels: [{ value: 1 }],
        out: { text: 'Oslo' },
        _answer: 'gold',
      },
    ]);
  });
});

describe('grouping', () => {
  const file = put('g.jsonl', '{"answer":"a","meta":{"q":1}}\n{"answer":"b"}\n{"answer":"c","prompt":"p"}\n');

  it('counts answers without a question, and refuses a field that none has', async () => {
    const summary = newSummary();
    await readAll(file, { summary, groupBy: 'meta.q' });
    expect(summary).toMatchObject({ records: 3, ungrouped: 1, withoutGroupField: 2 });
    expect(await errorOf(readAll(file, { groupBy: 'meta.question' }))).toMatchObject({
      code: 'BAD_USAGE',
      field: 'groupBy',
      got: 'meta.question',
    });
  });
});

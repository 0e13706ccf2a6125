import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { openParquet } from '../../../data/read/parquet/parquet-rows.js';
import { errorOf, fixture, readAll, temporary } from '../temporary.js';

const { put } = temporary();
const hostile = (name: string) => resolve(import.meta.dirname, '../../cases/hostile', name);
const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;

describe('Parquet files that make their decoder spin', () => {
  it.each(['13-17', '13-28', '6-101'])('%s ends with a coded error, and nothing else waits for it', async (name) => {
    let ticks = 0;
    const clock = setInterval(() => ticks++, 50);
    const error = await errorOf(readAll(hostile(`parquet-hang-${name}.parquet`)));
    clearInterval(clock);
    expect(error).toMatchObject({ code: 'BAD_PARQUET', message: expect.stringContaining('more than 3 s') });
    expect(ticks).toBeGreaterThan(5);
  });

  it('leave the next file readable', async () => {
    expect((await readAll(fixture('flat.parquet'))).records.length).toBe(3);
  });

  it('are refused where row groups and footer count differently, where a column ends early', async () => {
    const write = (rows: number[]) =>
      Buffer.from(
        parquetWriteBuffer({
          columnData: [
            { name: 'id', data: rows.map(String), type: 'STRING' },
            { name: 'answer', data: rows.map((row) => `a${row}`), type: 'STRING' },
          ],
        }),
      );
    const whole = write(Array.from({ length: 300 }, (_, i) => i));
    const rows = whole.lastIndexOf(Buffer.from([0xd8, 0x04])); // 300 as a zigzag varint, the row group's
    const changed = Buffer.from(whole);
    changed.writeUInt8(0xd6, rows);
    const error = await errorOf(readAll(put('counts.parquet', changed)));
    expect(error).toMatchObject({ code: 'BAD_PARQUET' });
    const table = await openParquet(put('whole.parquet', whole));
    const read: number[] = [];
    for await (const piece of table.rows()) read.push(...piece.rows.map(({ line }) => line));
    await table.close();
    expect(read).toEqual(Array.from({ length: 300 }, (_, i) => i + 1));
  });

  it('keep a damaged or too deeply nested cell of a JSON column as text, and leave the others', async () => {
    const cells = ['[{"answer":"a"}]', deep(6000), '{"broken'];
    const bytes = parquetWriteBuffer({
      columnData: [
        { name: 'answer', data: ['x', 'y', 'z'], type: 'STRING' },
        { name: 'samples', data: cells, type: 'STRING', converted_type: 'JSON' } as never,
      ],
    });
    const { records, bad } = await readAll(put('json.parquet', Buffer.from(bytes)), { badLines: 'skip' });
    expect(records.map(({ samples }) => samples)).toEqual([[{ answer: 'a' }]]);
    expect(bad.map(({ line, error }) => [line, error.code])).toEqual([
      [2, 'BAD_RECORD'],
      [3, 'BAD_RECORD'],
    ]);
  });
});

describe('JSON that is nested by the thousand', () => {
  const good = '{"id":"a","answer":"x"}';

  it('is set aside: two rows read, one not', async () => {
    const { records, bad } = await readAll(hostile('nested.jsonl'), { badLines: 'skip' });
    expect(records.map(({ id }) => id)).toEqual(['a', 'c']);
    expect(bad.map(({ line, error }) => [line, error.code])).toEqual([[2, 'BAD_JSON']]);
    expect(bad[0].text).toBe(readFileSync(hostile('nested.jsonl'), 'utf8').split('\n')[1]);
  });

  it.each([501, 6000, 600_000])('at %i levels, wherever it is', async (levels) => {
    const of = deep(levels);
    const lines = [
      `{"id":"b","answer":${of}}`,
      `{"id":"b","answer":"y","more":${of}}`,
      `{"id":"b","answer":"y","tokens":${of}}`,
      `{"id":"b","answer":"y","tokens":[{"token":"y","logprob":-1,"top":${of}}]}`,
      `{"id":"b","answer":"y","tokens":[{"token":"y","logprob":-1,"more":${of}}]}`,
      `{"id":"b","answer":"y","features":{"a":${of}}}`,
      `{"id":"b","answer":"y","n":NaN,"more":${of}}`,
      `{"id":12345678901234567891,"answer":"y","more":${of}}`,
      `{"choices":[{"message":{"content":"y"},"more":${of}}]}`,
      '{"a":'.repeat(levels) + '1' + '}'.repeat(levels),
      of,
      `{"id":"b","answer":"y","messages":"${of}"}`,
    ];
    for (const line of lines) {
      const { records, bad } = await readAll(put('deep.jsonl', `${good}\n${line}\n`), { badLines: 'skip' });
      expect(records.map(({ id }) => id)).toEqual(['a']);
      expect(bad.map((each) => each.line)).toEqual([2]);
      expect(bad[0].text).toBe(line);
    }
  });

  it('is read at 500 levels', async () => {
    const line = `{"id":"b","answer":"y","more":${deep(499)}}`;
    expect((await readAll(put('not.jsonl', `${line}\n`))).records.length).toBe(1);
  });

  it('is set aside in a CSV cell too', async () => {
    const csv = `id,answer,samples\na,x,\nb,y,"${deep(6000)}"\n`;
    const { records, bad } = await readAll(put('deep.csv', csv), { badLines: 'skip' });
    expect(records.map(({ id }) => id)).toEqual(['a']);
    expect(bad.map(({ line, error }) => [line, error.code])).toEqual([[3, 'BAD_RECORD']]);
  });
});

import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { rowCutter } from '../../../data/read/csv/row-cutter.js';
import { byteLinesOf, lineOf } from '../../../data/read/lines.js';
import { random } from '../../../support/random.js';
import { readAll, temporary } from '../temporary.js';

const { put } = temporary();

async function* chunked(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

describe('lines that are longer than lines may be', () => {
  it('are set aside with their beginning and size, wherever chunks end; the others are as they were', async () => {
    const draw = random('long lines');
    for (let round = 0; round < 50; round++) {
      const texts = Array.from({ length: 20 }, (_, i) => `${i}`.padEnd(1 + draw.int(400), 'x'));
      const bytes = Buffer.from(`${texts.join('\n')}${round % 2 === 0 ? '\n' : ''}`);
      const found: unknown[] = [];
      for await (const lines of byteLinesOf(chunked(bytes, 1 + draw.int(500)), 300)) {
        found.push(...lines.map(lineOf).map(({ text, number, longer }) => [text, number, longer]));
      }
      const expected = texts.map((text, i) =>
        text.length > 300 ? [text.slice(0, 256), i + 1, text.length] : [text, i + 1, undefined],
      );
      expect(found).toEqual(expected);
    }
  });

  it('do not grow the memory: 1 GB without a newline, packed, between two answers', async () => {
    const part = Buffer.alloc(2 ** 20, 'x');
    const zipped = [gzipSync('{"id":"a","answer":"x"}\n{"id":"b","answer":"'), ...Array(1024).fill(gzipSync(part))];
    const file = put('bomb.jsonl.gz', Buffer.concat([...zipped, gzipSync('"}\n{"id":"c","answer":"z"}\n')]));
    let most = 0;
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage().rss);
    }, 20);
    const before = process.memoryUsage().rss;
    const { records, bad } = await readAll(file, { badLines: 'skip' });
    clearInterval(watch);
    expect(records.map(({ id }) => id)).toEqual(['a', 'c']);
    expect(bad.map(({ line, error }) => [line, error.code])).toEqual([[2, 'BAD_JSON']]);
    expect(bad[0].error.message).toContain(`is ${2 ** 30 + 22} bytes long`);
    expect(bad[0].text.length).toBe(256);
    expect(most - before).toBeLessThan(400e6);
  }, 300_000);

  it('rows of CSV are, with the quotes of others intact', () => {
    const draw = random('long rows');
    for (let round = 0; round < 50; round++) {
      const cells = Array.from({ length: 20 }, (_, i) => [`${i}`, 'a"b\n,'.repeat(1 + draw.int(100))]);
      const text = `${cells.map(([id, cell]) => `${id},"${cell.replaceAll('"', '""')}"`).join('\n')}\n`;
      const cutter = rowCutter({ delimiter: ',', quoted: true, newline: '\n' }, 400);
      const rows = [];
      const size = 1 + draw.int(600);
      for (let at = 0; at < text.length; at += size) rows.push(...cutter.push(text.slice(at, at + size)));
      rows.push(...cutter.end());
      let line = 1;
      const expected = cells.map(([id, cell]) => {
        const raw = `${id},"${cell.replaceAll('"', '""')}"`;
        const first = line;
        line += cell.split('\n').length;
        return raw.length > 400
          ? { cells: [raw.slice(0, 256)], text: raw.slice(0, 256), line: first, fault: 'long', length: raw.length }
          : { cells: [id, cell], text: raw, line: first };
      });
      expect(rows).toEqual(expected);
    }
  });

  it('of JSON Lines, streams and CSV are counted where a smaller number is asked for', async () => {
    const long = 'y'.repeat(500);
    const options = { badLines: 'skip', mostLine: 400 } as const;
    const jsonl = await readAll(put('l.jsonl', `{"id":"a","answer":"x"}\n{"id":"b","answer":"${long}"}\n`), options);
    expect([jsonl.records.length, jsonl.bad.length]).toEqual([1, 1]);
    const csv = await readAll(put('l.csv', `id,answer\na,x\nb,${long}\nc,"${long}"\nd,z\n`), options);
    expect(csv.records.map(({ id }) => id)).toEqual(['a', 'd']);
    expect(csv.bad.map(({ line, error }) => [line, error.code])).toEqual([
      [3, 'BAD_CSV'],
      [4, 'BAD_CSV'],
    ]);
  });
});

import { readFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { inspect } from '../../../../../data/read/formats/evaluations/inspect.js';
import { inspectArchiveRows } from '../../../../../data/read/formats/evaluations/inspect-archive.js';
import type { Row } from '../../../../../data/read/row.js';
import { crc32 } from '../../../../../data/read/unpack/crc32.js';
import { errorOf, fixture, readAll, temporary } from '../../../temporary.js';
import { recordsOf } from '../reading-as.js';

const { put } = temporary();

async function rowsOf(file: string): Promise<Row[]> {
  const all: Row[] = [];
  for await (const rows of inspectArchiveRows(file)) all.push(...rows);
  return all;
}

/** A zip archive of these entries, deflated or stored. */
function zipOf(entries: [name: string, text: string][], deflate: boolean): Buffer {
  const parts: Buffer[] = [];
  const table: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of entries) {
    const data = deflate ? deflateRawSync(text) : Buffer.from(text);
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(deflate ? 8 : 0, 8);
    head.writeUInt32LE(crc32(Buffer.from(text)), 14);
    head.writeUInt32LE(data.length, 18);
    head.writeUInt32LE(Buffer.byteLength(text), 22);
    head.writeUInt16LE(name.length, 26);
    const row = Buffer.alloc(46);
    row.writeUInt32LE(0x02014b50, 0);
    head.copy(row, 6, 4, 30);
    row.writeUInt32LE(offset, 42);
    parts.push(head, Buffer.from(name), data);
    table.push(row, Buffer.from(name));
    offset += 30 + name.length + data.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(
    table.reduce((sum, { length }) => sum + length, 0),
    12,
  );
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, ...table, end]);
}

const header = JSON.stringify({ version: 2, status: 'success', eval: { task: 't', model: 'm' } });
const sample = (id: number, answer: string): string =>
  JSON.stringify({
    id,
    epoch: 1,
    input: 'q',
    target: 'a',
    messages: [],
    output: { completion: answer, choices: [{ message: { role: 'assistant', content: answer } }] },
  });

describe('Inspect .eval archives', () => {
  it('reads a log that Inspect 0.3.285 wrote (Zstandard): two samples, two epochs', async () => {
    const rows = await rowsOf(fixture('inspect-capitals.eval'));
    expect(rows.map(({ line }) => line)).toEqual([1, 2, 3, 4]);
    const records = rows.flatMap(({ value }) => recordsOf(inspect, value));
    expect(records.map(({ group, answer, finish }) => [group, answer, finish])).toEqual([
      ['capitals/au', 'Canberra', 'stop'],
      ['capitals/2', 'Sydney', 'stop'],
      ['capitals/au', null, 'tool_calls'],
      ['capitals/2', null, 'content_filter'],
    ]);
    expect(new Set(records.map(({ id }) => id)).size).toBe(4);
    expect(records[0]).toMatchObject({
      prompt: 'Capital of Australia?',
      task: 'capitals',
      model: 'mock-1',
      decoding: { temperature: 0.5 },
      reference: ['Canberra'],
      tokens: [
        {
          token: 'Can',
          logprob: -0.1,
          top: [
            { token: 'Can', logprob: -0.1 },
            { token: 'Syd', logprob: -2.5 },
          ],
        },
        { token: 'berra', logprob: -0.01 },
      ],
      labels: [
        { value: 1, source: 'inspect', name: 'match' },
        { value: 1, source: 'inspect', name: 'includes' },
      ],
    });
    expect(records[1]).toMatchObject({
      reasoning: 'Hm, not Sydney.',
      reference: ['Oslo', 'Bergen'],
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'What is this?', media: ['sha256:19b836ac572adc8a0e51399966c79a6b'] },
      ],
      metadata: { topic: 'geo' },
    });
  });

  it.each([true, false])('reads older archives (deflate: %s) and those of a run in progress', async (deflate) => {
    for (const start of ['header.json', '_journal/start.json']) {
      const file = put(
        `${deflate}-${start.length}.eval`,
        zipOf(
          [
            ['samples/1_epoch_1.json', sample(1, 'x')],
            [start, header],
            ['samples/2_epoch_1.json', sample(2, 'y')],
          ],
          deflate,
        ),
      );
      const records = (await rowsOf(file)).flatMap(({ value }) => recordsOf(inspect, value));
      expect(records.map(({ group, answer, model }) => [group, answer, model])).toEqual([
        ['t/1', 'x', 'm'],
        ['t/2', 'y', 'm'],
      ]);
    }
  });

  it('is told from its name and its first bytes', async () => {
    const { records, lines, bad } = await readAll(fixture('inspect-capitals.eval'), {
      labelRules: { name: 'match' },
    });
    expect([records.map(({ answer }) => answer), lines, bad]).toEqual([['Canberra', 'Sydney'], [1, 2], []]);
    const file = put('sheet.eval', Buffer.from('PK\u0003\u0004 and no more'));
    expect(await errorOf(readAll(file))).toMatchObject({ code: 'FILE_UNREADABLE' });
  });

  it('checks sums, and that no sample is missing', async () => {
    expect(crc32(Buffer.from('123456789'))).toBe(0xcbf43926);
    expect(crc32(Buffer.from('6789'), crc32(Buffer.from('12345')))).toBe(0xcbf43926);
    const entries: [string, string][] = [
      ['header.json', header],
      ['samples/1_epoch_1.json', sample(1, 'x')],
    ];
    const changed = zipOf(entries, false);
    changed[changed.indexOf('"x"') + 1] = 'z'.charCodeAt(0);
    expect((await rowsOf(put('sum.eval', changed))).map(({ error }) => error?.code)).toEqual(['FILE_UNREADABLE']);
    const lacking = await rowsOf(put('lacking.eval', zipOf([...entries, ['summaries.json', '[{},{}]']], true)));
    expect(lacking.map(({ error }) => error?.what)).toEqual([
      undefined,
      '1 of the samples in summaries.json are not in the archive: it is damaged',
    ]);
  });

  it('sets a damaged sample aside, and refuses other and damaged archives', async () => {
    const file = put(
      'bad.eval',
      zipOf(
        [
          ['header.json', header],
          ['samples/1_epoch_1.json', '{"id": 1'],
          ['samples/2_epoch_1.json', sample(2, 'y')],
        ],
        true,
      ),
    );
    const rows = await rowsOf(file);
    expect(rows.map(({ error }) => error?.message)).toEqual([
      `${file}:1: samples/1_epoch_1.json in the archive is not JSON (got "{\\"id\\": 1"). [VOUCH_BAD_JSON]`,
      undefined,
    ]);
    expect(await errorOf(rowsOf(put('book.xlsx', zipOf([['a.xml', '<a/>']], true))))).toMatchObject({
      code: 'UNKNOWN_FORMAT',
    });
    const whole = readFileSync(fixture('inspect-capitals.eval'));
    expect(await errorOf(rowsOf(put('cut.eval', whole.subarray(0, 5000))))).toMatchObject({ code: 'FILE_UNREADABLE' });
    const damaged = Buffer.from(whole);
    damaged.fill(0, 900, 1400);
    const kept = await rowsOf(put('hole.eval', damaged));
    expect(kept.map(({ error }) => error?.code)).toEqual(['FILE_UNREADABLE', undefined, undefined, undefined]);
  });
});

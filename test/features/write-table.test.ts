import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tableFromIPC } from '@uwdata/flechette';
import { parse } from 'csv-parse/sync';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnswerRecord } from '../../data/record.js';
import { writeTable } from '../../features/write/write-table.js';
import { VouchError } from '../../support/errors.js';
import { tableOf } from './table-of.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vouch-features-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** More rows than a frame, dynamic columns that come late, texts with commas, quotes and lines. */
const records: AnswerRecord[] = Array.from({ length: 4100 }, (_, i) => ({
  id: `a${i}`,
  group: `g${i >> 1}`,
  model: i % 2 ? 'm"1' : 'm,2',
  prompt: 'Who?',
  answer: `Oslo ${i}\n"so"`,
  ...(i % 3 === 0
    ? {
        tokens: [
          {
            token: 'Oslo',
            logprob: -i / 1000,
            top: [
              { token: 'x', logprob: -1 },
              { token: 'y', logprob: -2 },
            ],
          },
        ],
      }
    : {}),
  ...(i > 4097
    ? { verifiers: { late: 0.25 }, features: { plan: 'pro' }, samples: [{ answer: 'Oslo', model: 'o' }] }
    : {}),
  ...(i % 5 === 0 ? { labels: [{ value: i % 2 }] } : {}),
}));

async function* batches(): AsyncGenerator<AnswerRecord[]> {
  for (let i = 0; i < records.length; i += 256) yield records.slice(i, i + 256);
}

type Row = Record<string, string | number | null>;

const readers: Record<string, (path: string) => Promise<Row[]>> = {
  csv: async (path) => parse(await readFile(path, 'utf8'), { columns: true }) as Row[],
  parquet: async (path) => (await parquetReadObjects({ file: await asyncBufferFromFile(path) })) as Row[],
  arrow: async (path) => tableFromIPC(await readFile(path), { useProxy: false }).toArray() as Row[],
};

const value = (raw: string | number | null, text: boolean): string | number | null => {
  if (raw === null || raw === '') return null;
  return text ? raw : Number(raw);
};

describe('writeTable', () => {
  const table = tableOf(records);
  const texts = ['id', 'group', 'model', 'task', 'option', 'features.plan'];

  it.each([
    ['csv', false],
    ['parquet', false],
    ['arrow', false],
    ['csv', true],
    ['parquet', true],
  ])('writes the table as %s (read once: %s), and it reads back', async (ending, once) => {
    const path = join(folder, `${once}.${ending}`);
    const written = await writeTable(path, batches, { once });
    expect([written.rows, written.topK]).toEqual([4100, 2]);
    expect(written.columns.slice(0, 5)).toEqual(['id', 'group', 'model', 'task', 'label']);
    expect(written.columns).toContain('verifiers.late.logit');
    expect(written.columns).toContain('agreeWith.o');
    expect(written.columns).not.toContain('reasoning.words');
    const rows = await readers[ending](path);
    expect(rows.length).toBe(4100);
    for (const i of [0, 1, 3, 4095, 4096, 4098, 4099]) {
      expect(Object.keys(rows[i])).toEqual(written.columns);
      for (const name of written.columns) {
        const expected = table.get(name, i) as string | number | null;
        const isText = texts.includes(name);
        expect(value(rows[i][name], isText), `${name} of row ${i}`).toEqual(Number.isNaN(expected) ? null : expected);
      }
    }
  });

  it.each([false, true])('groups the rows of one conversation (read once: %s)', async (once) => {
    const messages = [
      { role: 'user', content: 'Plan a trip to Oslo' },
      { role: 'assistant', content: 'Fly.' },
      { role: 'user', content: 'make it cheaper' },
    ];
    const rows = [
      { id: 'b', answer: 'Take the train.', messages },
      { id: 'c', answer: 'Eat soup.', messages: [{ role: 'user', content: 'Plan a menu' }, messages[1], messages[2]] },
      { id: 'a', answer: 'Fly.', messages: messages.slice(0, 1) },
    ];
    const path = join(folder, `conversations.${once}.csv`);
    await writeTable(
      path,
      async function* () {
        yield rows.slice(0, 1);
        yield rows.slice(1);
      },
      { once },
    );
    const groups = (await readers.csv(path)).map(({ group }) => group);
    expect([groups[0] === groups[2], groups[0] === groups[1]]).toEqual([true, false]);
  });

  it('writes a row group a frame', async () => {
    const path = join(folder, 'groups.parquet');
    await writeTable(path, batches);
    const { row_groups } = await parquetMetadataAsync(await asyncBufferFromFile(path));
    expect(row_groups.map(({ num_rows }) => Number(num_rows))).toEqual([4096, 4]);
  });

  it('says what is wrong and leaves nothing behind', async () => {
    const code = (path: string, read: () => AsyncIterable<AnswerRecord[]>) =>
      writeTable(path, read).then(
        () => 'none',
        (error: unknown) => (error as VouchError).code,
      );
    const before = await readdir(folder);
    expect(await code(join(folder, 'x.xlsx'), batches)).toBe('UNKNOWN_FORMAT');
    expect(await code(join(folder, 'x.csv'), async function* () {})).toBe('NO_ANSWERS');
    expect(await code(join(folder, 'groups.parquet', 'x.csv'), batches)).toBe('OUT_UNWRITABLE');
    let pass = 0;
    const failing = async function* () {
      yield records.slice(0, 2);
      if (pass++ > 0) throw new VouchError('BAD_RECORD', 'changed between passes');
    };
    expect(await code(join(folder, 'x.parquet'), failing)).toBe('BAD_RECORD');
    expect(await readdir(folder)).toEqual(before);
  });
});

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { openParquet } from '../../../data/read/parquet/parquet-rows.js';
import { readAll, temporary } from '../temporary.js';

const { folder, put } = temporary();

/** The value of an own property, whatever an object inherits. */
const own = (object: unknown, name: string) => Object.getOwnPropertyDescriptor(object, name)?.value as unknown;

describe('a column or key called __proto__ is one like any other', () => {
  it('in CSV, also as a signal and behind --map', async () => {
    const file = put('a.csv', 'id,answer,__proto__,features.__proto__\n1,Oslo,kept,0.5\n2,Bergen,,\n');
    const { records } = await readAll(file);
    expect(own(records[0], '__proto__')).toBe('kept');
    expect(own(records[0].features, '__proto__')).toBe(0.5);
    expect(own(records[1], '__proto__')).toBeUndefined();
    const mapped = await readAll(file, { map: { answer: '__proto__', id: 'id' } });
    expect(mapped.records[0].answer).toBe('kept');
  });

  it('in Parquet', async () => {
    const file = join(folder, 'a.parquet');
    const columnData = [
      { name: 'id', data: ['1', '2'], type: 'STRING' as const },
      { name: '__proto__', data: ['kept', 'too'], type: 'STRING' as const },
      { name: 'answer', data: ['Oslo', 'Bergen'], type: 'STRING' as const },
    ];
    writeFileSync(file, Buffer.from(parquetWriteBuffer({ columnData })));
    const table = await openParquet(file);
    expect(own(await table.first(), '__proto__')).toBe('kept');
    await table.close();
    const { records } = await readAll(file);
    expect(records.map((record) => own(record, '__proto__'))).toEqual(['kept', 'too']);
    expect(records.map(({ id, answer }) => [id, answer])).toEqual([
      ['1', 'Oslo'],
      ['2', 'Bergen'],
    ]);
  });

  it('in JSON Lines, plain, mapped and of a log format', async () => {
    const plain = put('a.jsonl', '{"id":"1","answer":"Oslo","__proto__":"kept"}\n');
    expect(own((await readAll(plain)).records[0], '__proto__')).toBe('kept');
    const mapped = await readAll(plain, { map: { answer: '__proto__', id: 'id' } });
    expect(mapped.records[0].answer).toBe('kept');
    const log = put(
      'b.jsonl',
      '{"model":"m","created_at":"2026-01-01T00:00:00Z","response":"Oslo","done":true,"total_duration":5,"__proto__":"kept"}\n',
    );
    const { records } = await readAll(log, { format: 'ollama' });
    expect(own(records[0], '__proto__')).toBe('kept');
  });
});

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { VouchError } from '../../../support/errors.js';
import { type Random, random } from '../../../support/random.js';
import { type ReadAll, readAll, temporary } from '../temporary.js';

const { put } = temporary();

/** A table with a bit of everything, and a mark in each row. */
const TABLE = `sep=;\r\nid;prompt;answer;label;stated;features.cost;tokens;reference\r\n${Array.from(
  { length: 12 },
  (_, i) => {
    const tokens =
      i % 2 === 0 ? `"[{""token"": ""a"", ""logprob"": -0,${i}}]"` : `"[{'token': 'a', 'logprob': -0.${i}}]"`;
    return `${i};"q; ""${i}"" é";"mark${i}a\nb";${i % 3 === 0 ? 'yes' : '0,5'};0,${i + 10};1.234,5;${i % 4 === 0 ? '' : tokens.replace('-0,', '-0.')};x|y`;
  },
).join('\r\n')}\r\n;;;;;;;\r\n`;

/** Bytes cut, doubled, turned, put in or exchanged. */
function mutated(bytes: Buffer, draw: Random): Buffer {
  const at = draw.int(bytes.length);
  const odd = Buffer.from(['"', ';', '\n', '\r', ',', '\0', '\xff', "'", '[', '\uFEFF', '"";'][draw.int(11)], 'latin1');
  const what = draw.int(5);
  if (what === 0) return bytes.subarray(0, at);
  if (what === 1) return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + draw.int(8))]);
  if (what === 2) return Buffer.concat([bytes.subarray(0, at), bytes.subarray(draw.int(at + 1))]);
  if (what === 3) return Buffer.concat([bytes.subarray(0, at), odd, bytes.subarray(at)]);
  const copy = Buffer.from(bytes);
  copy[at] = draw.int(256);
  return copy;
}

/**
 * What a damaged file gives: its rows, or one coded error. Throws for any other, and where it takes over two seconds.
 */
async function outcome(name: string, bytes: Buffer): Promise<ReadAll | VouchError> {
  const began = performance.now();
  const found = await readAll(put(name, bytes), { badLines: 'skip' }).catch((error: unknown) => {
    if (error instanceof VouchError) return error;
    throw error;
  });
  expect(performance.now() - began).toBeLessThan(2000);
  return found;
}

describe('damaged tables', () => {
  it('give records, bad lines or one coded error, and no row goes missing', async () => {
    const draw = random('damaged tables');
    const counts = { records: 0, bad: 0, errors: 0 };
    for (let i = 0; i < 600; i++) {
      const bytes = mutated(Buffer.from(TABLE), draw);
      const found = await outcome('t.csv', bytes);
      if (found instanceof VouchError) {
        counts.errors++;
        continue;
      }
      counts.records += found.records.length;
      counts.bad += found.bad.length;
      const told = [
        ...found.records.map((record) => JSON.stringify(record)),
        ...found.bad.map(({ text }) => text),
      ].join('\n');
      if (found.records.length === 0) continue; // the header has swallowed a row: then none fits
      for (const [mark] of bytes.toString().matchAll(/mark\d+a/g))
        expect([mark, told.includes(mark)]).toEqual([mark, true]);
    }
    expect(Math.min(counts.records, counts.bad, counts.errors)).toBeGreaterThan(10);
  });

  it('give what they held or one coded error where they are compressed', async () => {
    const draw = random('damaged archives');
    const zst = readFileSync(resolve(import.meta.dirname, '../../cases/10-zstd/pz.jsonl.zst'));
    for (const [name, packed] of [
      ['t.csv.gz', gzipSync(TABLE)],
      ['t.jsonl.zst', zst],
    ] as const) {
      const whole = await outcome(name, packed);
      if (whole instanceof VouchError) throw whole;
      let errors = 0;
      for (let i = 0; i < 150; i++) {
        const found = await outcome(name, mutated(packed, draw));
        if (found instanceof VouchError) errors++;
        else if (found.records.length > 0) expect(found.records.slice(0, whole.records.length)).toEqual(whole.records);
      }
      expect(errors).toBeGreaterThan(75);
    }
  });
});

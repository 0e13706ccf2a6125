import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterAll, describe, expect, it } from 'vitest';
import { random } from '../../../support/random.js';
import { fixture, temporary } from '../../data/temporary.js';
import { sampleLines } from '../../support/sample-answers.js';
import { INPUTS, mutated, newOutcomes, type Outcomes, readOrRefused, tableOf } from './fuzz.js';

/** Most memory of the process, in MB, whatever it reads: 1,000 beside what a test run holds. */
const MOST_MEMORY = 2500;
const { put } = temporary();
const all: Outcomes[] = [];
afterAll(() => console.log(tableOf(all)));

function outcomesOf(reader: string): Outcomes {
  const outcomes = newOutcomes(reader);
  all.push(outcomes);
  return outcomes;
}

/** No row twice. */
function expectOnce(lines: readonly number[]): void {
  expect(new Set(lines).size).toBe(lines.length);
}

describe('damaged inputs end, and every row is accounted for', () => {
  it('JSON Lines', async () => {
    const outcomes = outcomesOf('JSON Lines');
    const draw = random('fuzz jsonl');
    const good = sampleLines(500).map((line) => Buffer.from(line));
    const deep = [501, 6000, 100_000].map((n) => `{"id":"d","answer":"x","more":${'['.repeat(n)}${']'.repeat(n)}}`);
    for (let i = 0; i < INPUTS; i++) {
      const from = draw.int(490);
      const whole: string[] = [];
      const lines = good.slice(from, from + 10).map((line, k) => {
        if (k > 0 && draw.next() < 0.5) {
          whole.push(`q${from + k}`);
          return line;
        }
        if (k === 0) {
          whole.push(`q${from}`); // tells the layout
          return line;
        }
        const odd = mutated(draw.next() < 0.05 ? Buffer.from(deep[draw.int(3)]) : line, draw);
        const kept = odd.filter((byte) => byte !== 10 && byte !== 13);
        return Buffer.from(kept.length === 0 || Buffer.from(kept).toString().trim() === '' ? '{' : kept);
      });
      const file = put('f.jsonl', Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\n')])));
      const found = await readOrRefused(file, outcomes);
      if (found === null) throw new Error('a damaged line stopped the file');
      // a line may hold a whole value and damage behind it: both are told, the line as a whole is not set aside then
      const readLines = new Set(found.lines);
      for (const at of found.badLines) {
        if (readLines.has(at)) expect(found.badTexts).not.toContain(String(lines[at - 1]));
      }
      const told = new Set([...found.lines, ...found.badLines]);
      // where the file passes for one document, an open bracket or quote takes lines along into one bad row
      const aside = found.badTexts.join('\n');
      const missing = lines.map(String).filter((line, at) => !told.has(at + 1) && !aside.includes(line));
      if (missing.length !== found.without) expect(missing).toEqual(`${found.without} rows without an answer`);
      const read = new Set(found.ids);
      for (const id of whole) expect([id, read.has(id) || aside.includes(`"${id}"`)]).toEqual([id, true]);
    }
    expect(Math.min(outcomes.records, outcomes.bad)).toBeGreaterThan(INPUTS);
    expect(outcomes.memory).toBeLessThan(MOST_MEMORY);
  });

  it('CSV', async () => {
    const outcomes = outcomesOf('CSV');
    const draw = random('fuzz csv');
    const rows = Array.from({ length: 20 }, (_, i) => `${i};"q ""${i}""";"mark${i}a\nb";${i % 2};0,${i + 10}`);
    const bytes = Buffer.from(`id;prompt;answer;label;features.cost\r\n${rows.join('\r\n')}\r\n`);
    const odd = ['"', ';', '\n', '\r', ',', '\0', '\xff', "'", '"";'];
    for (let i = 0; i < INPUTS; i++) {
      const input = mutated(bytes, draw, odd);
      const found = await readOrRefused(put('f.csv', input), outcomes);
      if (found === null) continue;
      expectOnce(found.lines);
      if (found.ids.length === 0) continue; // the header has swallowed a row: then none fits
      const told = found.badTexts.join('\n');
      const marks = [...input.toString().matchAll(/mark\d+a/g)].length;
      const aside = [...told.matchAll(/mark\d+a/g)].length;
      expect(found.ids.length + aside).toBeGreaterThanOrEqual(marks - 3); // a row without its id or cut in two has other names
    }
    expect(Math.min(outcomes.records, outcomes.bad, outcomes.refused)).toBeGreaterThan(0);
    expect(outcomes.memory).toBeLessThan(MOST_MEMORY);
  });

  it('Parquet, by hyparquet and DuckDB', async () => {
    const outcomes = outcomesOf('Parquet');
    const draw = random('fuzz parquet');
    const records = sampleLines(300).map((line) => JSON.parse(line) as Record<string, unknown>);
    const column = (name: string) => ({ name, data: records.map((record) => record[name] ?? null) });
    const made = parquetWriteBuffer({ columnData: ['id', 'prompt', 'answer', 'tokens'].map(column) as never });
    const bases = [
      { bytes: Buffer.from(made), rows: 300 },
      { bytes: readFileSync(fixture('flat.parquet')), rows: 3 },
      { bytes: readFileSync(fixture('nested.parquet')), rows: 2 },
    ];
    for (let i = 0; i < INPUTS; i++) {
      const { bytes, rows } = bases[draw.int(bases.length)];
      // half of the time in the footer or the page headers, where it hurts most
      const from = draw.next() < 0.5 ? Math.max(0, bytes.length - 600) : 0;
      const input = Buffer.concat([bytes.subarray(0, from), mutated(bytes.subarray(from), draw)]);
      const found = await readOrRefused(put('f.parquet', input), outcomes);
      if (found === null) continue;
      expectOnce([...found.lines, ...found.badLines]);
      expect(found.lines.length + found.badLines.length).toBeLessThanOrEqual(rows);
    }
    expect(Math.min(outcomes.records, outcomes.refused)).toBeGreaterThan(0);
    expect(outcomes.memory).toBeLessThan(MOST_MEMORY);
  });

  it.each(['gz', 'zst'])('%s', async (kind) => {
    const outcomes = outcomesOf(kind);
    const draw = random(`fuzz ${kind}`);
    const text = Buffer.from(`${sampleLines(200).join('\n')}\n`);
    const zst = readFileSync(resolve(import.meta.dirname, '../../cases/10-zstd/pz.jsonl.zst'));
    const bytes = kind === 'gz' ? Buffer.concat([gzipSync(text), gzipSync(text)]) : zst;
    const whole = await readOrRefused(put(`w.jsonl.${kind}`, bytes), newOutcomes(kind));
    if (whole === null) throw new Error('the undamaged file was refused');
    const known = new Set(whole.ids);
    for (let i = 0; i < INPUTS; i++) {
      const found = await readOrRefused(put(`f.jsonl.${kind}`, mutated(bytes, draw)), outcomes);
      if (found === null) continue;
      expectOnce(found.lines);
      expect(found.ids.filter((id) => !known.has(id) && !id.startsWith('f.jsonl'))).toEqual([]);
    }
    expect(outcomes.refused).toBeGreaterThan(INPUTS / 4);
    expect(outcomes.memory).toBeLessThan(MOST_MEMORY);
  });
});

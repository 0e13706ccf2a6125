import { afterAll, expect, it } from 'vitest';
import { type Outcomes, tableOf } from '../outcomes.js';
import { fuzzCsv } from './fuzz-csv.js';
import { fuzzJson } from './fuzz-json.js';
import { fuzzPacked } from './fuzz-packed.js';
import { fuzzParquet } from './fuzz-parquet.js';

/** Files of each kind; 10,000 is the long run. */
const files = Number(process.env.VOUCH_FUZZ ?? 150);
/** Most memory of the process, in MB, whatever it reads: 1,000 beside what a test run holds. */
const MOST_MEMORY = 2500;
const given = { files, seed: process.env.VOUCH_FUZZ_SEED ?? '1' };
const all: Outcomes[] = [];
afterAll(() => console.log(tableOf(all)));

it.each([
  ['JSON Lines', () => fuzzJson(given), { bad: files, out: files, refused: 0 }],
  ['CSV', () => fuzzCsv(given), { bad: files / 10, out: files, refused: 1 }],
  ['Parquet, by hyparquet and DuckDB', () => fuzzParquet(given), { bad: 0, out: files, refused: files / 4 }],
  ['gz', () => fuzzPacked('gz', given), { bad: 0, out: 0, refused: files / 4 }],
  ['zst', () => fuzzPacked('zst', given), { bad: 0, out: 0, refused: files / 4 }],
])('damaged %s end, and every row is accounted for', async (_, fuzz, least) => {
  const outcomes = await fuzz();
  all.push(outcomes);
  const { faults, wrong, inputs, memory } = outcomes;
  expect([faults, wrong, inputs]).toEqual([[], 0, files]);
  for (const [key, value] of Object.entries(least)) expect(outcomes[key as 'out']).toBeGreaterThanOrEqual(value);
  expect(memory).toBeLessThan(MOST_MEMORY);
});

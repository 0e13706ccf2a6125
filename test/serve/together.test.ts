import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { openScorer } from '../../scorer/open.js';
import { inferTogether } from '../../serve/bundle/infer-together.js';
import { together } from '../../serve/bundle/together.js';
import { writeTinyBundle } from '../support/tiny-bundle.js';

describe('together', () => {
  it('takes what came in one turn in one run, what comes meanwhile in the next, each its own output', async () => {
    const runs: number[][] = [];
    const square = together<number, number>(async (items) => {
      runs.push(items);
      await sleep(5);
      return items.map((x) => x * x);
    }, 3);
    const first = [1, 2].map(square);
    await sleep(1);
    const later = [3, 4, 5, 6].map(square);
    expect(await Promise.all([...first, ...later])).toEqual([1, 4, 9, 16, 25, 36]);
    expect(runs).toEqual([[1, 2], [3, 4, 5], [6]]);
    expect(await square(7)).toBe(49);
  });

  it('weighs: a run holds no more than it may, but always one', async () => {
    const runs: number[][] = [];
    const run = together<number, number>(
      async (items) => {
        runs.push(items);
        return items;
      },
      10,
      (item) => item,
    );
    await Promise.all([4, 6, 1, 30, 2].map(run));
    expect(runs).toEqual([[4, 6], [1], [30], [2]]);
  });

  it('one that fails does not fail the others', async () => {
    const run = together<number, number>(async (items) => {
      if (items.includes(2)) throw new Error('two');
      return items;
    }, 10);
    const results = await Promise.allSettled([1, 2, 3].map(run));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await run(4)).toBe(4);
  });
});

it('rows of several requests that run together are the rows of each alone', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'vouch-together-'));
  await writeTinyBundle(dir);
  const scorer = await openScorer(dir);
  const counts: number[] = [];
  const infer = inferTogether(scorer, (rows) => counts.push(rows));
  const rows = (n: number, from: number) => ({
    features: Float32Array.from({ length: n * 6 }, (_, i) => (i % 7 === 3 ? Number.NaN : Math.sin(from + i))),
    categories: BigInt64Array.from({ length: n }, (_, i) => BigInt(i % 3)),
    words: undefined,
  });
  const asked = [rows(1, 0), rows(3, 10), rows(2, 20)];
  const found = await Promise.all(asked.map(infer));
  expect(counts).toEqual([6]);
  for (const [i, { features, categories }] of asked.entries()) {
    const alone = await scorer.scoreFeatures(features, categories);
    expect(found[i].probability).toHaveLength(i === 0 ? 1 : i === 1 ? 3 : 2);
    for (const name of ['logit', 'probability', 'low', 'high', 'shift'] as const) {
      for (const [k, value] of found[i][name].entries()) expect(value).toBeCloseTo(alone[name][k], 5);
    }
  }
  await scorer.close();
  rmSync(dir, { recursive: true });
});

import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readBundle } from '../../../models/bundle/read.js';
import { random } from '../../../support/random.js';
import { type Writer, writer } from '../../support/folder-writer.js';

/** Kills and pairs of writers; the table of a release is made with 100 and 1,000. */
const KILLS = Number(process.env.VOUCH_KILLS ?? 25);
const PAIRS = Number(process.env.VOUCH_PAIRS ?? 200);

const dir = mkdtempSync(join(tmpdir(), 'vouch-exchange-'));
const out = join(dir, 'out');
const seedOf = async () => (await readBundle(out)).manifest.seed;
const steps = ['locked', 'begun', 'written', 'moved', 'placed'];
const writers: Writer[] = [];

function another(k: number): Writer {
  writers[k]?.close();
  writers[k] = writer();
  return writers[k];
}

beforeAll(() => {
  for (const k of [0, 1]) another(k);
});
afterAll(() => {
  for (const each of writers) each.close();
  rmSync(dir, { recursive: true });
});

it(`${KILLS} kills inside the exchange: a whole bundle at any moment, and the next writer puts everything right`, async () => {
  const draw = random('exchange');
  expect(await writers[0].write({ dir: out, seed: 1 })).toBe(null);
  let now = 1;
  let broken = 0;
  for (let n = 0; n < KILLS; n++) {
    const step = steps[draw.int(steps.length)];
    expect(await writers[0].write({ dir: out, seed: 2 + n, step })).toBe('killed');
    another(0);
    const expected = step === 'moved' || step === 'placed' ? 2 + n : now;
    if ((await seedOf().catch(() => -1)) !== expected) broken++;
    now = expected;
    if (draw.next() < 0.5) continue; // the next one is killed on top of what this one left
    now = 1_000_000 + n;
    expect(await writers[1].write({ dir: out, seed: now })).toBe(null);
    expect(readdirSync(dir)).toEqual(['out']);
  }
  expect(broken).toBe(0);
});

it(`${PAIRS} pairs of writers: one whole bundle of the two after each, at any moment one to read`, async () => {
  const began = performance.now();
  let writing = true;
  let reads = 0;
  let failed = 0;
  const reader = (async () => {
    while (writing) {
      await seedOf().then(
        () => reads++,
        () => failed++,
      );
    }
  })();
  for (let n = 0; n < PAIRS; n++) {
    const codes = await Promise.all([0, 1].map((k) => writers[k].write({ dir: out, seed: 2 * n + k })));
    expect(codes).toEqual([null, null]);
    expect([2 * n, 2 * n + 1]).toContain(await seedOf());
    expect(readdirSync(dir)).toEqual(['out']);
  }
  writing = false;
  await reader;
  process.stdout.write(
    `${PAIRS} pairs, ${reads} reads, ${failed} failed, ${Math.round((performance.now() - began) / 1000)} s\n`,
  );
  expect(failed).toBe(0);
});

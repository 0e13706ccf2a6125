import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type * as files from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { openFileSink } from '../../../../scorer/batch/out/open-file-sink.js';
import type { Asked } from '../../../../scorer/batch/resume/journal.js';

/** From the call with this number on, nothing is removed, opened or renamed: the process is dead. */
const life = vi.hoisted(() => ({ left: Number.POSITIVE_INFINITY }));
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof files>();
  const mortal =
    <A extends unknown[], R>(call: (...args: A) => R) =>
    (...args: A): R => {
      if (life.left-- <= 0) throw new Error('killed');
      return call(...args);
    };
  const { open, rm, rename } = real as unknown as Record<string, (...args: unknown[]) => unknown>;
  return { ...real, open: mortal(open), rm: mortal(rm), rename: mortal(rename) };
});

const dir = mkdtempSync(join(tmpdir(), 'vouch-killed-'));
afterAll(() => rmSync(dir, { recursive: true }));

const out = join(dir, 'scores.jsonl');
const asked = {
  ...{ vouch: '0.1.0', bundle: 'a', inputs: [], requests: null, format: null, map: null, badLines: 'skip' },
  ...{ mostLine: 1000, shard: { index: 0, count: 1 }, checkpoint: 512, reasons: null, selected: false },
  ...{ rawCsv: false, trace: false },
} as unknown as Asked;
const open = (resume: boolean) => openFileSink({ out, resume, asked, say: () => {} });

it.each([true, false])(
  'a run killed at any step of its start, over what an earlier run left, never blocks the next (--resume: %s)',
  async (resume) => {
    const left = [`${out}.partial`, `${out}.bad.jsonl.partial`];
    let finished = false;
    for (let step = 0; !finished; step++) {
      expect(step).toBeLessThan(20);
      // As a run leaves it that was killed before its first mark.
      writeFileSync(`${out}.partial.jsonl`, `${JSON.stringify({ ...asked, started: null })}\n`);
      for (const path of left) writeFileSync(path, 'rows before the first mark');
      life.left = step;
      const sink = await open(resume).catch(() => undefined);
      life.left = Number.POSITIVE_INFINITY;
      finished = sink !== undefined;
      await sink?.abandon(new Error('enough'));
      await (await open(true)).abandon(new Error('enough'));
      expect(existsSync(left[1])).toBe(false);
    }
  },
);

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TrainContext } from '../../../../train/context.js';
import { keepingPool } from '../../../../train/learn/pool/keeping-pool.js';
import { type KeptFits, keptFits } from '../../../../train/learn/pool/kept-fits.js';
import type { Pool } from '../../../../train/learn/pool/pool.js';
import { parseOptions } from '../../../../train/options.js';
import { train } from '../../../../train/train.js';
import { madeAnswers } from '../../../support/answers.js';
import { context, dataOf } from '../../../support/trained.js';

const options = parseOptions({
  folds: 3,
  resamples: 20,
  learners: ['logistic', 'trees'],
  treeMembers: 1,
  trees: { most: 20 },
  penalties: [10],
  report: 'normal',
});

/** Counts the fits that are made, and fails from the one after `most` on. */
function countingPool(pool: Pool, most = Number.POSITIVE_INFINITY): Pool & { made: number } {
  const counting: Pool & { made: number } = {
    made: 0,
    run: (sheet, task) => {
      if (counting.made >= most) return Promise.reject(new Error('killed'));
      counting.made++;
      return pool.run(sheet, task);
    },
    close: () => pool.close(),
  };
  return counting;
}

describe('finished fits are kept aside', () => {
  let folder: string;
  let kept: KeptFits;
  let surroundings: TrainContext;

  beforeEach(async () => {
    folder = join(mkdtempSync(join(tmpdir(), 'vouch-kept-')), 'bundle.fits');
    kept = keptFits(folder);
    surroundings = await context();
  });
  afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

  const run = async (inner: Pool, resume: boolean, changed = {}, made = { vouch: 'test' }) => {
    const faults: unknown[] = [];
    const pool = keepingPool(inner, { kept, resume, made, onFault: (error) => faults.push(error) });
    const data = dataOf(madeAnswers(60));
    const { files } = await train(data, { ...options, ...changed }, { ...surroundings, pool });
    return { graph: Buffer.from(files['model.onnx']), golden: files['golden.json'], faults };
  };

  it('a run that failed late goes on: the same bundle, and no finished fit is made again', async () => {
    const whole = countingPool(surroundings.pool);
    const wanted = await run(whole, false);
    expect(await kept.count()).toBe(whole.made);
    await kept.remove();
    expect(existsSync(folder)).toBe(false);

    const failing = countingPool(surroundings.pool, whole.made - 3);
    await expect(run(failing, false)).rejects.toThrow('killed');
    // fits that were under way together with the one that failed are kept once they are done
    await expect.poll(() => kept.count(), { timeout: 60_000 }).toBe(whole.made - 3);

    const resumed = countingPool(surroundings.pool);
    const got = await run(resumed, true);
    expect(resumed.made).toBe(3);
    expect(got.graph.equals(wanted.graph)).toBe(true);
    expect(got.golden).toBe(wanted.golden);

    const again = countingPool(surroundings.pool);
    expect((await run(again, true)).graph.equals(wanted.graph)).toBe(true);
    expect(again.made).toBe(0);

    // damage costs the damaged fit and nothing else
    const [first, second] = readdirSync(folder).map((name) => join(folder, name));
    const bytes = readFileSync(first);
    bytes[bytes.length - 1] ^= 1;
    writeFileSync(first, bytes);
    writeFileSync(second, readFileSync(second).subarray(0, 20));
    const repaired = countingPool(surroundings.pool);
    expect((await run(repaired, true)).graph.equals(wanted.graph)).toBe(true);
    expect(repaired.made).toBe(2);

    // other seeds, other versions: other fits
    const other = countingPool(surroundings.pool);
    await run(other, true, { seed: 2 });
    expect(other.made).toBeGreaterThan(0);
    const newer = countingPool(surroundings.pool);
    await run(newer, true, {}, { vouch: 'newer' });
    expect(newer.made).toBe(whole.made);
  });

  it('goes on without keeping where the disk takes nothing, and says so once', async () => {
    writeFileSync(folder, 'a file where the folder should be');
    const { faults } = await run(surroundings.pool, false);
    expect(faults.length).toBe(1);
    await kept.remove();
    expect(readFileSync(folder, 'utf8')).toBe('a file where the folder should be');
  });

  it('removes its own files and no others', async () => {
    await kept.keep('0'.repeat(64), { a: Float32Array.of(1, Number.NaN) });
    expect(await kept.take('0'.repeat(64))).toEqual({ a: Float32Array.of(1, Number.NaN) });
    writeFileSync(join(folder, 'thesis.docx'), 'mine');
    writeFileSync(join(folder, `${'1'.repeat(64)}.fit.99-abcdef.partial`), 'what a kill left');
    await kept.remove();
    expect(readdirSync(folder)).toEqual(['thesis.docx']);
  });
});

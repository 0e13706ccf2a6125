import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { keptFits } from '../../../../train/learn/pool/kept-fits.js';
import { keptOr } from '../../../../train/learn/pool/kept-or.js';
import { temporary } from '../../../data/temporary.js';

const { folder } = temporary();
const key = (digit: string) => digit.repeat(64);

it('stores what it makes, and gives it again to a later run that resumes', async () => {
  const kept = keptFits(mkdtempSync(join(folder, 'kept-')));
  const onFault = (error: unknown) => {
    throw error;
  };
  const first = keptOr({ kept, resume: false, onFault });
  expect(await first(key('a'), async () => Float64Array.of(1, 2))).toEqual(Float64Array.of(1, 2));
  const other = async () => Float64Array.of(3);
  const resumed = keptOr({ kept, resume: true, onFault });
  expect(await resumed(key('a'), other)).toEqual(Float64Array.of(1, 2));
  expect(await resumed(key('b'), other)).toEqual(Float64Array.of(3));
  expect(await keptOr({ kept, resume: false, onFault })(key('a'), other)).toEqual(Float64Array.of(3));
});

it('tells a fault once, and goes on with what was made', async () => {
  const file = join(folder, 'a-file');
  writeFileSync(file, '');
  const faults: unknown[] = [];
  const find = keptOr({ kept: keptFits(file), resume: true, onFault: (error) => void faults.push(error) });
  const made = await Promise.all(['a', 'b'].map((digit) => find(key(digit), async () => digit)));
  expect(made).toEqual(['a', 'b']);
  expect(await find(key('c'), async () => 'c')).toBe('c');
  expect(faults).toHaveLength(1);
});

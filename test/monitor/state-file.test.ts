import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readState, startState, writeState } from '../../monitor/state.js';
import { stateOfBundle } from '../../monitor/state-file.js';

const dir = mkdtempSync(join(tmpdir(), 'vouch-state-'));
afterAll(() => rmSync(dir, { recursive: true }));
const [one, other] = ['a'.repeat(64), 'b'.repeat(64)];
const stateOf = (bundle: string, runs: number) => ({
  ...startState({ bundle, seed: 1, floor: 0.1, runLength: 5000 }),
  runs,
});

it('changes from one bundle to another and back, also after a run was killed between the two steps', async () => {
  const file = join(dir, 'monitor.json');
  await writeState(file, stateOf(one, 7));
  await stateOfBundle(file, other);
  expect(await readState(file)).toBeNull();
  // as a run leaves it that set the state aside and was killed before it took up the other
  await stateOfBundle(file, one);
  expect(await readState(file)).toMatchObject({ bundle: one, runs: 7 });
  await stateOfBundle(file, other);
  await writeState(file, stateOf(other, 2));
  await stateOfBundle(file, one);
  expect(await readState(file)).toMatchObject({ bundle: one, runs: 7 });
  expect(existsSync(`${file}.${'b'.repeat(12)}`)).toBe(true);
  await stateOfBundle(file, one);
  expect(await readState(file)).toMatchObject({ bundle: one, runs: 7 });
});

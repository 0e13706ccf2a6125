import { afterEach, expect, it, vi } from 'vitest';
import { newPace } from '../../../serve/work/pace.js';

afterEach(() => void vi.restoreAllMocks());

it('a slice is half a millisecond; a turn that one loop waited for counts for those that feed it', async () => {
  let now = 1_000_000;
  vi.spyOn(performance, 'now').mockImplementation(() => now);
  const [outer, inner] = [newPace(), newPace()];
  now += 0.25;
  expect([outer(), inner()]).toEqual([null, null]);
  now += 0.5;
  const waits = outer();
  expect(waits).toBeInstanceOf(Promise);
  now += 30; // others had theirs
  await waits;
  now += 0.25;
  expect([outer(), inner()]).toEqual([null, null]);
  now += 0.5;
  const [first, second] = [inner(), outer()];
  expect([first, second]).toEqual([expect.any(Promise), expect.any(Promise)]);
  await first;
  await second;
  expect([outer(), inner()]).toEqual([null, null]);
});

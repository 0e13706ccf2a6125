import { expect, it } from 'vitest';
import { isWorthThreads } from '../../../../scorer/batch/threads/worth-threads.js';

it('threads are started for 2 MiB, with text models for a quarter of that, and for standard input', () => {
  const files = ['answers.jsonl'];
  const encoders = ['models/minilm'];
  expect(isWorthThreads({ files, bytes: 2 ** 21 - 1 })).toBe(false);
  expect(isWorthThreads({ files, bytes: 2 ** 21 })).toBe(true);
  expect(isWorthThreads({ files, bytes: 2 ** 19 - 1, encoders })).toBe(false);
  expect(isWorthThreads({ files, bytes: 2 ** 19, encoders })).toBe(true);
  expect(isWorthThreads({ files: ['-'], bytes: 0 })).toBe(true);
});

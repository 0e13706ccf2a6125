import { describe, expect, it } from 'vitest';
import { logFormats } from '../../../data/read/formats/list.js';
import { readMutations } from '../../data/read/formats/mutations.js';

describe('10,000 damaged lines of each log format', () => {
  it.each(logFormats.map((format) => [format.name, format] as const))('%s', (_, format) => {
    const { records, bad } = readMutations(format, 10_000);
    expect(Math.min(records, bad)).toBeGreaterThan(100);
  });
});

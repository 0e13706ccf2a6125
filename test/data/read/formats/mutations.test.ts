import { describe, expect, it } from 'vitest';
import { logFormats } from '../../../../data/read/formats/list.js';
import { readMutations } from './mutations.js';

describe('damaged log lines give records, bad lines or a reason, never nothing and never a crash', () => {
  it.each(logFormats.map((format) => [format.name, format] as const))('%s', (_, format) => {
    const { records, bad } = readMutations(format, 300);
    expect(records).toBeGreaterThan(0);
    expect(bad).toBeGreaterThan(0);
  });
});

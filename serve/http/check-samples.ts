import { VouchError } from '../../support/errors.js';

/**
 * Refuses a record that has more samples than a request may have records, because each sample is compared with each
 * other one. Error: TOO_LARGE.
 */
export function checkSamples<T extends { samples?: readonly unknown[] | null }>(record: T, most: number): T {
  const got = record.samples?.length ?? 0;
  if (got <= most) return record;
  throw new VouchError('TOO_LARGE', 'too many samples in one record', {
    field: 'samples',
    expected: `at most ${most}`,
    got,
  });
}

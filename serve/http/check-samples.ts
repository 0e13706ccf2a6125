import { VouchError } from '../../support/errors.js';

/** Refuses a record with more samples than one request may hold records: each is compared with each. Error: TOO_LARGE. */
export function checkSamples<T extends { samples?: readonly unknown[] | null }>(record: T, most: number): T {
  const got = record.samples?.length ?? 0;
  if (got <= most) return record;
  throw new VouchError('TOO_LARGE', 'too many samples in one record', {
    field: 'samples',
    expected: `at most ${most}`,
    got,
  });
}

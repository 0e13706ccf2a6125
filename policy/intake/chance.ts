import type { AnswerRecord } from '../../data/record.js';
import { valueAt } from '../../scorer/policy/case.js';
import { VouchError } from '../../support/errors.js';

/** The field that holds the chance of buying, unless another is named. */
export const BOUGHT = 'bought';

/**
 * The chance that all stages were bought for this question, as it was recorded: a number, or an object with a chance
 * per stage, whose product counts. Null if none is recorded. Error: BAD_RECORD for what is no chance.
 */
export function chanceOf(record: AnswerRecord, field: string): number | null {
  const value = valueAt(record, field);
  if (value === undefined || value === null) return null;
  const all = typeof value === 'object' ? Object.values(value) : [value];
  return all.reduce<number>((product, chance) => {
    if (typeof chance === 'number' && chance > 0 && chance <= 1) return product * chance;
    throw new VouchError('BAD_RECORD', `the chance that all stages were bought for ${record.id} is not valid`, {
      field,
      expected: 'above 0 and at most 1',
      got: chance,
    });
  }, 1);
}

import { describe, expect, it } from 'vitest';
import { boughtIn, spentIn, storedBasis } from '../../../scorer/policy/stored-basis.js';

describe('the basis of a stored decision of a policy', () => {
  it.each([
    [[], null, 'policy()', []],
    [['nli', 'large'], null, 'policy(nli,large)', ['nli', 'large']],
    [['nli'], 'large', 'policy(nli,large!)', ['nli', 'large']],
    [[], 'v1.x-y', 'policy(v1.x-y!)', ['v1.x-y']],
  ])('of %j, and %s that failed, is %s', (bought, failed, basis, spent) => {
    expect(storedBasis(bought, failed)).toBe(basis);
    expect(boughtIn(basis)).toEqual(bought);
    expect(spentIn(basis)).toEqual(spent);
  });

  it('is none where the decision was not one of a policy', () => {
    for (const basis of [null, 'natural', 'hidden']) expect([boughtIn(basis), spentIn(basis)]).toEqual([null, null]);
  });
});

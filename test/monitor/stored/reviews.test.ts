import { describe, expect, it } from 'vitest';
import { meanLabel, REVIEWS, reviewsBy } from '../../../monitor/stored/reviews.js';

describe('reviewsBy', () => {
  it('takes verdicts, and scores that people gave in Langfuse; nothing that depends on the answer', () => {
    const isReview = reviewsBy(REVIEWS);
    const kinds = ['thumb', 'stars', 'correction', 'choice', 'outcome', 'score', 'verdict'];
    expect(kinds.filter((kind) => isReview({ kind, source: 'human' }))).toEqual(['verdict']);
    expect(isReview({ kind: 'score', source: 'annotation' })).toBe(true);
    expect(isReview({ kind: 'score', source: 'api' })).toBe(false);
  });

  it('takes what the user names', () => {
    const isReview = reviewsBy(['Outcome', 'verdict:Panel']);
    expect(isReview({ kind: 'outcome', source: 'x' })).toBe(true);
    expect(isReview({ kind: 'verdict', source: 'panel' })).toBe(true);
    expect(isReview({ kind: 'verdict', source: 'human' })).toBe(false);
    for (const wrong of [[], ['smile'], ['verdict', ':human']]) {
      expect(() => reviewsBy(wrong)).toThrow(expect.objectContaining({ code: 'BAD_USAGE' }));
    }
  });
});

describe('meanLabel', () => {
  it('is the mean; what people said outranks the rest', () => {
    expect(meanLabel([])).toBeNull();
    expect(
      meanLabel([
        { source: 'outcome', label: 0.5 },
        { source: 'auto:exactMatch', label: 1 },
      ]),
    ).toBe(0.75);
    expect(
      meanLabel([
        { source: 'outcome', label: 1 },
        { source: 'human', label: 0 },
      ]),
    ).toBe(0);
  });
});

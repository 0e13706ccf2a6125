import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseStated } from '../../../../data/ask/requests/parse-stated.js';

describe('parseStated', () => {
  it.each([
    ['I am 90% sure.', 0.9],
    ['95', 0.95],
    ['0.8', 0.8],
    ['.5', 0.5],
    ['1.0', 1],
    ['1', 0.01],
    ['100', 1],
    ['0', 0],
    ['9 out of 10', 0.9],
    ['17/20', 0.85],
    ['about 72.5 %', 0.725],
    ['0,75', 0.75],
    ['109', undefined],
    ['-5', undefined],
    ['7/0', undefined],
    ['quite sure', undefined],
    ['', undefined],
  ])('%j → %s', (text, share) => {
    if (share === undefined) expect(parseStated(text)).toBeUndefined();
    else expect(parseStated(text)).toBeCloseTo(share, 12);
  });

  it('stays in 0..1 for any text', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[ -~]{0,12}$/), (text) => {
        const share = parseStated(text);
        expect(share === undefined || (share >= 0 && share <= 1)).toBe(true);
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seenTexts } from '../../data/seen.js';

describe('texts that were seen', () => {
  it('are known as a set knows them, while the table grows', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 200 }), (numbers) => {
        const seen = seenTexts(2);
        const known = new Set<number>();
        for (const n of numbers) {
          expect(seen.add(`id ${n}`)).toBe(!known.has(n));
          known.add(n);
        }
      }),
      { numRuns: 100 },
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asciiKey } from '../../../data/group/ascii-key.js';
import { partsOf } from '../../../data/group/near-key.js';

describe('asciiKey', () => {
  it('finds words, numbers and signs', () => {
    expect(asciiKey("Don't the U.S. Virgin Islands have 100,000 people?")).toBe(
      'dont the us virgin islands have 100000 people',
    );
    expect(asciiKey('1.5a 1.5,000 1,0000 a1.5 1a.5 12:30:05. x.y.z ab.c')).toBe(
      '1.5 a 1.5000 1,0000 a1.5 1a 5 12:30:05 xyz ab c',
    );
    expect(asciiKey('C++ and C#: - 5, -(2) / 3 - b, $4 & 50%')).toBe('c + + and c # - 5 - 2 / 3 b $ 4 & 50 %');
    expect(asciiKey('?!')).toBe('');
    expect(asciiKey('Perú')).toBe(null);
    expect(asciiKey('+'.repeat(20_000))).toBe(Array(20_000).fill('+').join(' '));
  });

  it('is what the expressions for all scripts find, of any ASCII text', () => {
    const piece = fc.oneof(
      fc.constantFrom(...'aZ09.,:\'-/ \t\n()$+%#"?_'),
      fc.constantFrom('1,000', '1.5', 'U.S.', "don't", ' - ', 'x.y', ',123', '12:30'),
      fc.string({ unit: 'binary-ascii', maxLength: 3 }),
    );
    const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(text, (ascii) => {
        expect(asciiKey(ascii)).toBe(partsOf(ascii));
      }),
      { numRuns: 2000 },
    );
  });
});

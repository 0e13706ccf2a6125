import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textKey } from '../../data/text-key.js';

const hex = (text: string) => [...textKey(text)].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join(' ');

describe('textKey', () => {
  // mmh3.hash_bytes(text.encode('utf-16-le'), 0, False) of the Python package mmh3, as four words
  it.each([
    ['', '00000000 00000000 00000000 00000000'],
    ['a', '033bb196 ccef4fe1 ccef4fe1 ccef4fe1'],
    ['xxxxxxxx', '2bcf1dec 5e5d1e36 a16b261c 3e1d2ef6'],
    ['Was ist 7 × 9?', '7a84c822 2ed09907 a98c2f34 b63065ea'],
    ['法国的首都是哪里', '21fa462c 155dbded 995940c6 b9c069d8'],
    ['abcdefghijklmnopq', 'fec38c83 ea62e9e1 c69074d6 67a5f76d'],
    ['what is the capital of france', 'fef9502c 5354d025 c043e45e 6dd58ce4'],
  ])('%j is that of the reference', (text, expected) => {
    expect(hex(text)).toBe(expected);
  });

  it('differs for different texts, to their last unit', () => {
    const texts = fc.uniqueArray(fc.string({ unit: 'binary', maxLength: 20 }), { minLength: 2, maxLength: 20 });
    fc.assert(
      fc.property(texts, (list) => {
        expect(new Set(list.map(hex)).size).toBe(list.length);
      }),
      { numRuns: 30 },
    );
    expect(hex('\ud800')).not.toBe(hex('\ufffd'));
    expect(hex('a\u0000')).not.toBe(hex('a'));
  });
});

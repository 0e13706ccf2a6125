import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scanWords } from '../../../../features/words/scan.js';
import { Words } from '../../../../features/words/words.js';
import { random } from '../../../../support/random.js';
import { densified, likeness, sketchInto } from '../../../../train/examine/suspect/sketch.js';
import { hashNumber, NO_TEXT, withText } from '../../../../train/examine/suspect/text-hash.js';

const BINS = 48;

function sketchOf(text: string): Uint8Array {
  const words = new Words();
  scanWords(text, words);
  const sketch = new Uint8Array(BINS);
  sketchInto(words, sketch, 0, BINS);
  return sketch;
}

/** Jaccard likeness of the sets of words and of neighbouring words, counted out. */
function jaccard(a: string[], b: string[]): { truth: number; union: number } {
  const shingles = (words: string[]) =>
    new Set(words.flatMap((word, i) => (i === 0 ? [word] : [word, `${words[i - 1]} ${word}`])));
  const [left, right] = [shingles(a), shingles(b)];
  const both = [...left].filter((shingle) => right.has(shingle)).length;
  const union = left.size + right.size - both;
  return { truth: both / union, union };
}

const word = fc.integer({ min: 0, max: 400 }).map((k) => `w${k.toString(36)}q`);

describe('one-permutation sketches', () => {
  it('estimate the Jaccard likeness of any two texts within five standard errors and two equal bytes of chance', () => {
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1, maxLength: 120 }),
        fc.array(word, { minLength: 1, maxLength: 120 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (a, c, share) => {
          const b = [...a.slice(0, Math.round(share * a.length)), ...c.slice(0, Math.round((1 - share) * c.length))];
          if (b.length === 0) return;
          const { truth, union } = jaccard(a, b);
          const estimate = likeness(sketchOf(a.join(' ')), sketchOf(b.join(' ')), BINS);
          expect(Math.abs(estimate - truth)).toBeLessThan(
            5 * Math.sqrt((truth * (1 - truth)) / BINS) + 2 / Math.min(BINS, union),
          );
        },
      ),
      { numRuns: 500, seed: 7 },
    );
  });

  it.each([
    [8, 0.05],
    [20, 0.06],
    [60, 0.06],
    [300, 0.06],
  ])(
    'texts of %i words, one in ten replaced: no bias beyond 1/255, root mean square error below %f',
    (length, error) => {
      const draw = random(`sketch ${length}`);
      let bias = 0;
      let square = 0;
      const runs = 400;
      for (let run = 0; run < runs; run++) {
        const a = Array.from({ length }, (_, i) => `w${i}x${draw.int(1e6).toString(36)}q`);
        const b = a.map((text, i) => (i % 10 === 5 ? `v${draw.int(1e6).toString(36)}q` : text));
        const gap = likeness(sketchOf(a.join(' ')), sketchOf(b.join(' ')), BINS) - jaccard(a, b).truth;
        bias += gap / runs;
        square += gap ** 2 / runs;
      }
      expect(Math.abs(bias)).toBeLessThan(1 / 255 + (3 * error) / Math.sqrt(runs));
      expect(Math.sqrt(square)).toBeLessThan(error);
    },
  );

  it('1 for the same words whatever their case and punctuation, NaN for two texts without words', () => {
    expect(likeness(sketchOf('What is the capital of France?'), sketchOf('what is the CAPITAL of france'), BINS)).toBe(
      1,
    );
    expect(likeness(sketchOf(''), sketchOf('?!'), BINS)).toBeNaN();
    expect(likeness(sketchOf('one two three'), sketchOf('one two three'), BINS, undefined, 6)).toBeNaN();
  });

  it('densified, two sketches agree in a bin with probability J', () => {
    const draw = random('dense');
    let agree = 0;
    let truth = 0;
    const runs = 600;
    for (let run = 0; run < runs; run++) {
      const a = Array.from({ length: 12 }, () => `w${draw.int(1e6).toString(36)}q`);
      const b = a.map((text, i) => (i === 6 ? 'other' : text));
      const [x, y] = [sketchOf(a.join(' ')), sketchOf(b.join(' '))];
      const [lookX, lookY] = [x, y].map((sketch) => densified(sketch, BINS, new Int8Array(BINS)));
      truth += jaccard(a, b).truth / runs;
      for (let j = 0; j < BINS; j++)
        agree += Number(lookX[j] === lookY[j] && x[lookX[j]] === y[lookY[j]]) / BINS / runs;
    }
    expect(truth).toBeCloseTo(20 / 26, 12);
    expect(Math.abs(agree - truth)).toBeLessThan(0.02);
  });
});

describe('text hashes', () => {
  it('tell apart any two lists of texts, also where only the seams differ', () => {
    const hash = (texts: string[]) => hashNumber(texts.reduce(withText, NO_TEXT));
    expect(hash(['ab', 'c'])).not.toBe(hash(['a', 'bc']));
    expect(hash([])).not.toBe(hash(['']));
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 4 }), fc.array(fc.string(), { maxLength: 4 }), (a, b) => {
        expect(hash(a) === hash(b)).toBe(JSON.stringify(a) === JSON.stringify(b));
        expect(Number.isSafeInteger(hash(a)) && hash(a) >= 0).toBe(true);
      }),
      { numRuns: 500 },
    );
    const many = new Set(Array.from({ length: 100_000 }, (_, i) => hash([`question ${i}`])));
    expect(many.size).toBe(100_000);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { longestRun, notePlaces } from '../../features/words/common-run.js';
import { WordMap } from '../../features/words/word-map.js';
import { Words } from '../../features/words/words.js';

function wordsOf(ids: number[]): Words {
  const words = new Words();
  for (const id of ids) words.push(id, 0, 0, 1);
  return words;
}

describe('WordMap', () => {
  it('is a Map, also after growing and clearing', () => {
    const map = new WordMap();
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: -400, max: 400 }), fc.nat(9)), { maxLength: 900 }), (entries) => {
        map.clear();
        const known = new Map<number, number>();
        for (const [key, value] of entries) {
          expect(map.set(key, value)).toBe(!known.has(key));
          known.set(key, value);
        }
        expect(map.size).toBe(known.size);
        for (let key = -400; key <= 400; key++) expect(map.get(key)).toBe(known.get(key) ?? -1);
      }),
      { numRuns: 30 },
    );
  });
});

describe('longestRun', () => {
  it('is the longest common span, as the quadratic way finds it', () => {
    const ids = fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 20 });
    fc.assert(
      fc.property(ids, ids, (a, b) => {
        const [left, right] = [wordsOf(a), wordsOf(b)];
        const places = { first: new WordMap(), next: new Int32Array(4) };
        const run = { at: 0, length: 0 };
        notePlaces(right, places);
        longestRun(left, right, places, run);
        let best = 0;
        for (let i = 0; i < a.length; i++) {
          for (let j = 0; j < b.length; j++) {
            let k = 0;
            while (i + k < a.length && j + k < b.length && a[i + k] === b[j + k]) k++;
            best = Math.max(best, k);
          }
        }
        expect(run.length).toBe(best);
        if (best > 0) expect(a.join(' ')).toContain(b.slice(run.at, run.at + best).join(' '));
      }),
    );
  });
});

describe('longestRun on endless repetition', () => {
  it('ends in bounded time with a run', () => {
    const many = wordsOf(Array<number>(30_000).fill(7));
    const other = wordsOf(Array.from({ length: 30_000 }, (_, i) => (i % 2 ? 7 : -1)));
    const places = { first: new WordMap(), next: new Int32Array(4) };
    const run = { at: 0, length: 0 };
    notePlaces(other, places);
    longestRun(many, other, places, run);
    expect(run.length).toBe(1);
  });
});

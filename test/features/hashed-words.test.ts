import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnswerRecord } from '../../data/record.js';
import { SignalCollector } from '../../features/collect.js';
import { type HashShape, hashedWords } from '../../features/hashed-words.js';
import { rowMaker } from '../../features/row.js';
import { makeView } from '../../features/view.js';
import { anyText } from './any-record.js';

const record = (prompt: string | null, answer: string) => ({ id: 'r', prompt, answer }) as AnswerRecord;

function hashed(prompt: string | null, answer: string, shape: HashShape): number[] {
  const view = makeView(0);
  view.load(record(prompt, answer));
  const out = new Int32Array(shape.length + 2).fill(-7);
  hashedWords(view, shape, out, 1);
  expect([out[0], out[shape.length + 1]]).toEqual([-7, -7]);
  return [...out.subarray(1, shape.length + 1)];
}

const wide = { length: 64, buckets: 1 << 20 };
const used = (ids: number[]) => ids.filter((id) => id !== 0);

describe('hashedWords', () => {
  it('are the same for the same text, in range, with the padding at the end', () => {
    const shapes = fc.record({ length: fc.integer({ min: 1, max: 40 }), buckets: fc.integer({ min: 1, max: 5000 }) });
    fc.assert(
      fc.property(fc.option(anyText), anyText, shapes, anyText, (prompt, answer, shape, before) => {
        const ids = hashed(prompt, answer, shape);
        hashed(before, before, shape);
        expect(hashed(prompt, answer, shape)).toEqual(ids);
        const end = ids.indexOf(0);
        ids.forEach((id, i) => {
          if (end >= 0 && i >= end) expect(id).toBe(0);
          else expect(id >= 1 && id <= 2 * shape.buckets).toBe(true);
        });
      }),
    );
  });

  it('are one a distinct word with content and one a distinct pair', () => {
    // who wrote · wrote hamlet: wrote, hamlet; "who" is a function word
    expect(used(hashed('Who wrote Hamlet?', '', wide))).toHaveLength(4);
    expect(used(hashed('Hamlet, Hamlet!', '', wide))).toHaveLength(2); // the word, its pair with itself
    expect(hashed('who wrote hamlet', '', wide)).toEqual(hashed('Who wrote Hamlets?', '', wide));
    expect(used(hashed('', '', wide))).toEqual([]);
  });

  it('tell prompt from answer, and numbers by their length alone', () => {
    expect(hashed('Hamlet', '', wide)).not.toEqual(hashed('', 'Hamlet', wide));
    expect(hashed('12 apples', '', wide)).toEqual(hashed('47 apples', '', wide));
    expect(hashed('12 apples', '', wide)).not.toEqual(hashed('470 apples', '', wide));
  });

  it('keep the beginning and the end of a long prompt, and a quarter for the answer', () => {
    const words = (from: number, n: number) =>
      Array.from(
        { length: n },
        (_, i) => `w${'abcdefghij'[(from + i) % 10]}${'abcdefghij'[Math.floor((from + i) / 10)]}q`,
      );
    const long = words(0, 90);
    const shape = { length: 16, buckets: 1 << 20 };
    const ids = new Set(hashed(long.join(' '), words(90, 10).join(' '), shape));
    const has = (id: number) => ids.has(id);
    expect(used([...ids])).toHaveLength(16);
    expect(used(hashed(long.slice(0, 3).join(' '), '', wide)).every(has)).toBe(true);
    expect(used(hashed(long.slice(-2).join(' '), '', wide)).every(has)).toBe(true);
    expect(used(hashed(null, words(90, 1)[0], wide)).every(has)).toBe(true);
    expect(used(hashed(long[45], '', wide)).some(has)).toBe(false);
  });

  it('are spread over the buckets', () => {
    const counts = new Int32Array(16);
    for (let i = 0; i < 8000; i++) counts[hashed(`w${i.toString(36)}z`, '', { length: 1, buckets: 16 })[0] - 1]++;
    // χ² with 15 degrees of freedom: below 37.7 with probability .999
    expect(counts.reduce((sum, count) => sum + (count - 500) ** 2 / 500, 0)).toBeLessThan(37.7);
  });

  it('come out of the collector as of the row maker', () => {
    const shape = { length: 5, buckets: 99 };
    const collector = new SignalCollector(0, shape);
    const maker = rowMaker({ topK: 0, numeric: ['text.words@1'], categorical: [] });
    const alone = new Int32Array(5);
    const texts = Array.from({ length: 1030 }, (_, i) =>
      record(`question ${'x'.repeat(i % 7)} of ${i}`, `answer${i % 11}`),
    );
    for (const one of texts) collector.add(one);
    const { words } = collector.finish();
    expect(words).toHaveLength(1030 * 5);
    const expected = texts.flatMap((one) => {
      maker.row(one, new Float32Array(1), 0, new Int32Array(0), 0);
      maker.words(shape, alone, 0);
      return [...alone];
    });
    expect([...words!]).toEqual(expected);
    expect(new SignalCollector(0).finish().words).toBeNull();
  });
});

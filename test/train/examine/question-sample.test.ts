import { describe, expect, it } from 'vitest';
import { random } from '../../../support/random.js';
import { questionSample } from '../../../train/examine/question-sample.js';

/** Ten questions of four rows each; every other row is looked at. */
const group = Int32Array.from({ length: 40 }, (_, row) => Math.floor(row / 4));
const rows = Int32Array.from({ length: 20 }, (_, i) => 2 * i);

describe('a sample of questions', () => {
  it('is all rows, the very same array, where they are no more than asked for', () => {
    expect(questionSample({ group }, rows, 20, random(1))).toBe(rows);
    expect(questionSample({ group }, rows, 21, random(1))).toBe(rows);
  });

  it('else holds whole questions, as many rows as fit, ascending, the same for the same seed', () => {
    const some = questionSample({ group }, rows, 7, random(1));
    expect(some.length).toBe(6); // three questions of two rows; a fourth does not fit
    expect([...some]).toEqual([...some].sort((a, b) => a - b));
    const questions = new Set(Array.from(some, (row) => group[row]));
    expect([...some]).toEqual([...rows].filter((row) => questions.has(group[row])));
    expect(questionSample({ group }, rows, 7, random(1))).toEqual(some);
    expect(questionSample({ group }, rows, 7, random(2))).not.toEqual(some);
  });

  it('passes over a question that is larger than what is left', () => {
    const sizes = { group: Int32Array.of(0, 0, 0, 0, 0, 1, 2) };
    const all = Int32Array.from({ length: 7 }, (_, row) => row);
    for (let seed = 0; seed < 5; seed++) expect([...questionSample(sizes, all, 2, random(seed))]).toEqual([5, 6]);
  });

  it('draws each question equally often', () => {
    const drawn = new Array<number>(10).fill(0);
    for (let seed = 0; seed < 400; seed++) {
      for (const row of questionSample({ group }, rows, 10, random(seed))) drawn[group[row]] += 1 / 2;
    }
    // half of the questions each time: 200 of 400, standard deviation 10
    for (const times of drawn) expect(Math.abs(times - 200)).toBeLessThan(45);
  });
});

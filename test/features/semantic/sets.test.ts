import { describe, expect, it } from 'vitest';
import { discreteEntropy, givenSets, semanticSets, weightedEntropy } from '../../../features/semantic/sets.js';

const ln = Math.log;

describe('semanticSets', () => {
  it('compares a text with the first text of each set alone, in order', () => {
    // 0 ~ 1 ~ 2, but not 0 ~ 2: a chain is not one set
    const pairs = new Set(['0 1', '1 2', '3 4']);
    const same = (i: number, j: number) => pairs.has(`${Math.min(i, j)} ${Math.max(i, j)}`);
    const set = new Int32Array(5);
    expect(semanticSets(5, same, set)).toBe(3);
    expect([...set]).toEqual([0, 0, 1, 2, 2]);
  });

  it('asks n · sets times at most', () => {
    let calls = 0;
    const set = new Int32Array(6);
    const count = semanticSets(
      6,
      (i, j) => {
        calls++;
        return (i - j) % 2 === 0;
      },
      set,
    );
    expect(count).toBe(2);
    expect([...set]).toEqual([0, 1, 0, 1, 0, 1]);
    expect(calls).toBe(1 + 1 + 2 + 1 + 2);
  });

  it('numbers given sets by first appearance', () => {
    const set = new Int32Array(4);
    expect(givenSets(['x', 7, 'x', '7'], set)).toBe(3);
    expect([...set]).toEqual([0, 1, 0, 2]);
  });
});

describe('entropy over sets', () => {
  const set = Int32Array.of(0, 1, 0, 2);

  it('discrete: shares ½, ¼, ¼', () => {
    expect(discreteEntropy(set, 4, 3)).toBeCloseTo(1.5 * ln(2), 14);
    expect(discreteEntropy(Int32Array.of(0, 0), 2, 1)).toBe(0);
  });

  it('weighted: probabilities of the sets are normalised', () => {
    // weights .4 + .2, .1, .3 of a sum of 1
    const logprobs = Float64Array.of(ln(0.4), ln(0.1), ln(0.2), ln(0.3));
    expect(weightedEntropy(set, 4, 3, logprobs)).toBeCloseTo(-(0.6 * ln(0.6) + 0.1 * ln(0.1) + 0.3 * ln(0.3)), 14);
  });

  it('does not underflow, and is NaN where a log-probability is missing', () => {
    const low = Float64Array.of(-2000, -2000, -2000, -2000);
    expect(weightedEntropy(set, 4, 3, low)).toBeCloseTo(1.5 * ln(2), 14);
    low[2] = NaN;
    expect(weightedEntropy(set, 4, 3, low)).toBeNaN();
  });
});

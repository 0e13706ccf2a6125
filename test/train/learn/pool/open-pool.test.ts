import { describe, expect, it } from 'vitest';
import { numbersIn, threadsFor } from '../../../../train/learn/pool/open-pool.js';
import { madeAnswers } from '../../../support/answers.js';
import { dataOf } from '../../../support/trained.js';

describe('threads of a pool', () => {
  it('are fewer where their fits would not fit into 1.5 GB together, and one at least', () => {
    expect([0, 5000 * 60, 300_000 * 60, 1_000_000 * 60, 1e9].map(threadsFor)).toEqual([8, 8, 8, 3, 1]);
  });

  it('are counted by the signals that vary: a column that does not is shared with others', () => {
    const data = dataOf(madeAnswers(20));
    const columns = [...data.signals.columns.values()];
    const varying = columns.filter((column) => column.some((value) => !Object.is(value, column[0])));
    const cells = numbersIn(data) / data.n;
    expect(cells).toBeGreaterThanOrEqual(varying.length);
    expect(cells).toBeLessThan(varying.length + 20);
    expect(columns.length).toBeGreaterThan(varying.length + 100);
  });
});

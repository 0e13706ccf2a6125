import { describe, expect, it } from 'vitest';
import { watcher } from '../../../train/learn/watcher.js';

/** Steps of a fit whose logits are given by step: how many it makes, and its watcher. */
function run(y: number[], part: number[] | undefined, patience: number, logits: number[][]) {
  const rows = { y: Float64Array.from(y), w: new Float64Array(y.length).fill(1) };
  const stop = watcher(part === undefined ? rows : { ...rows, part: Int32Array.from(part) }, patience);
  let done = 0;
  for (; done < logits.length && stop.isGoing(done); done++) stop.look(done + 1, Float64Array.from(logits[done]));
  return { done, ends: stop.ends(done), best: stop.best() };
}

describe('watcher', () => {
  it('ends after `patience` steps without a lower loss, and knows the best', () => {
    // a row labelled 1: the loss falls while its logit rises
    const { done, best } = run([1], undefined, 2, [[0], [1], [2], [1.9], [1.8], [5]]);
    expect(done).toBe(5);
    expect(best.step).toBe(3);
    expect(best.loss).toBeCloseTo(Math.log1p(Math.exp(-2)), 12);
  });

  it('goes on until every part has ended, and gives each part the end it would have had alone', () => {
    const first = [[1], [0.9], [0.8], [3], [4], [5]];
    const second = [[0], [1], [2], [1], [1], [9]];
    const both = first.map(([a], k) => [a, second[k][0]]);
    const together = run([1, 1], [0, 1], 2, both);
    expect(together.ends).toEqual([run([1], undefined, 2, first).done, run([1], undefined, 2, second).done]);
    expect(together.ends).toEqual([3, 5]);
    expect(together.done).toBe(5);
    // the first part was done when it got better again
    expect(together.best.step).toBe(1);
  });

  it('never ends without watched rows', () => {
    expect(run([], undefined, 1, [[], [], [], []]).done).toBe(4);
  });
});

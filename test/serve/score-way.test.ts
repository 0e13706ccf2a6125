import { expect, it } from 'vitest';
import type { Score, Scorer } from '../../scorer/open.js';
import { scoreWay } from '../../serve/bundle/score-way.js';

/** Keeps the processor busy for so many milliseconds. */
function busy(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

/** A scorer whose calls cost so much, and so much more for each record. */
function costing(call: number, record: number): Scorer {
  const scoreMany: Scorer['scoreMany'] = async (records) => {
    busy(call + record * records.length);
    return records.map(() => ({}) as Score);
  };
  return { scoreMany, score: async (one) => (await scoreMany([one]))[0] } as Scorer;
}

it('scores together where a call costs more than a record, else one at a time', async () => {
  const record = { id: 'r', answer: 'a' };
  expect(await scoreWay(costing(0.2, 0.01), record)).toBe('together');
  expect(await scoreWay(costing(0, 0.1), record)).toBe('direct');
});

import { expect, it } from 'vitest';
import type { AnswerScore, Scorer } from '../../scorer/scorer.js';
import { scoreWay } from '../../serve/bundle/score-way.js';

/** A scorer whose calls cost so much, and so much more for each record, by a clock of its own. */
function costing(call: number, record: number): { scorer: Pick<Scorer, 'score' | 'scoreMany'>; now(): number } {
  let time = 0;
  const scoreMany = async (records: readonly unknown[]): Promise<AnswerScore[]> => {
    time += call + record * records.length;
    return records.map(() => ({}) as AnswerScore);
  };
  return { scorer: { scoreMany, score: async (one: unknown) => (await scoreMany([one]))[0] }, now: () => time };
}

it.each([
  [0.2, 0.01, 'together'],
  [0, 0.1, 'direct'],
  [0.03, 0.1, 'direct'],
] as const)('a call that costs %f and %f a record goes: %s', async (call, record, way) => {
  const { scorer, now } = costing(call, record);
  expect(await scoreWay(scorer, { id: 'r', answer: 'a' }, now)).toBe(way);
});

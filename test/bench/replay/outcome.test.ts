import { expect, it } from 'vitest';
import { outcomeOf } from '../../../bench/replay/outcome.js';
import { lostIn, tableOf } from '../../../bench/replay/table.js';
import type { AnswerScore } from '../../../scorer/scorer.js';

const score = (decision: string | null, probability: number, shift = 0) =>
  ({ decision, probability, shift, pattern: 'free' }) as unknown as AnswerScore;

it('counts what is accepted and how much of it is wrong by its exact chance, beside what the threshold alone accepts', () => {
  const scores = [score('accept', 0.9), score(null, 0.9), score(null, 0.95, 1.5), score('abstain', 0.5)];
  const thresholds = [{ pattern: 'free', threshold: 0.8 }] as Parameters<typeof outcomeOf>[2]['thresholds'];
  const chance = Float64Array.of(0.5, 0.75, 0.1, 0.2, 0.9);
  const found = outcomeOf(scores, [1, 0, 2, 3], { thresholds, chance });
  expect(found).toEqual({ answers: 4, accepted: 1, wrong: 0.25, above: 2, aboveWrong: 0.75 });
});

it('a promise is broken where the mean risk of what is accepted lies above α', () => {
  const at = (wrong: number, above = 10) => ({ answers: 20, accepted: 10, wrong, above, aboveWrong: wrong });
  const drawn = (wrong: number, above?: number) => ({
    set: 's',
    way: 'split' as const,
    draw: 0,
    outcomes: [{ alpha: 0.2, certified: 1, scenarios: { 'seen model': at(wrong, above) } }],
  });
  const all = [drawn(1), drawn(2), drawn(2.5), drawn(1, 11)];
  const none = { ...drawn(0), outcomes: [{ alpha: 0.2, certified: 0, scenarios: {} }] };
  expect(tableOf([...all, none]).slice(2)).toEqual([
    '| s, split, 0.2 (5) | seen model | 4 | 0.500 | 0.163 | 1 | 0.512 | 0.159 |',
  ]);
  expect(lostIn(all)).toBe(1);
});

import { expect, it } from 'vitest';
import type { Manifest } from '../../models/bundle/manifest.js';
import type { ScoredAnswer } from '../../monitor/answer.js';
import { labelsToDecide } from '../../monitor/promise/labels-to-decide.js';
import { stakesFor } from '../../monitor/promise/stakes.js';
import { startWealth } from '../../monitor/promise/wealth.js';
import { runMonitor } from '../../monitor/run.js';
import { startState } from '../../monitor/state.js';
import { newTally } from '../../scorer/batch/tally.js';

const manifest = {
  thresholds: [{ id: 'c', alpha: 0.1, delta: 0.05, threshold: 0.8 }],
  signals: { numeric: [], categorical: [] },
  ...{ data: {}, options: {} },
} as unknown as Manifest;

const questions = Array.from({ length: 20 }, (_, i): ScoredAnswer[] => [
  {
    ...{ id: `a${i}`, question: `q${i}`, time: i, model: null, task: null, probability: 0.98, claim: 'c', label: null },
    numbers: new Float32Array(0),
    categories: [],
  },
]);

function run({ drawn, labels = {}, sends = false }: { drawn: number | null; labels?: object; sends?: boolean }) {
  const state = startState({ bundle: 'b', seed: 1, floor: 0.1, runLength: 5000 });
  const read = { tally: newTally(), new: 20, known: 0, first: 0, last: 19, lastIds: ['a19'] };
  return runMonitor({
    ...{ state, manifest, reference: null, read: { ...read, sampled: { questions, isSample: false } } },
    labels: new Map(Object.entries(labels)),
    rule: { level: 0.001, least: 0.05 },
    ...{ queue: 0, drawn, sends, patience: 1e9, clock: 0 },
  });
}

it('says how many more labels would decide it, at the chance with which they are drawn', () => {
  const stakes = stakesFor(0.1, 0.1);
  const needed = (chance: number) =>
    labelsToDecide({
      ...{ alpha: 0.1, delta: 0.05, error: 0.02, chance, stakes },
      above: startWealth(stakes.above),
      below: startWealth(stakes.below),
    });
  expect(needed(0.5)).not.toBe(needed(0.25));
  expect(run({ drawn: 0.5 }).result.promises[0].needed).toBe(needed(0.5));
  expect(run({ drawn: null }).result.promises[0].needed).toBe(needed(0.25)); // as long as none was drawn
});

it('keeps news for a webhook only if there is one', () => {
  const labels = Object.fromEntries(questions.map(([{ id }]) => [id, 0]));
  const unsent = (sends: boolean) => run({ drawn: 1, labels, sends }).state.unsent.map(({ kind }) => kind);
  expect(unsent(true)).toContain('broken');
  expect(unsent(false)).toEqual([]);
});

import { sigmoid } from '../../models/numbers.js';
import type { Economy } from '../../policy/economy.js';
import type { CaseTable } from '../../policy/table.js';
import type { Random } from '../../support/random.js';

/** A population of questions with exact truth: two stages, the second of which is another model. */
export const economy: Economy = {
  names: ['signal', 'model'],
  first: 0.05,
  stage: new Map([
    ['signal', 0.05],
    ['model', 0.2],
  ]),
  wrong: 1.6,
  stop: 1,
};

export const ORDERS = [['signal', 'model'], ['model'], ['signal']];

/**
 * Draws questions with `rows` cases each, whose difficulty is shared. The probabilities are not calibrated, as those of
 * a real predictor are not, and the error of what is accepted at a cautious policy is near α.
 */
export function drawTable(questions: number, rows: number, random: Random): CaseTable {
  const n = questions * rows;
  const columns = () => ({ p: new Float64Array(n), y: new Float64Array(n) });
  const states = new Map(['', 'signal', 'model', 'signal+model'].map((key) => [key, columns()]));
  const set = (key: string, i: number, p: number, y: number) => {
    const { p: all, y: labels } = states.get(key)!;
    all[i] = p;
    labels[i] = y;
  };
  for (let q = 0; q < questions; q++) {
    const shared = random.normal();
    for (let r = 0; r < rows; r++) {
      const i = q * rows + r;
      const ease = 1 + 1.2 * (rows > 1 ? 0.8 * shared + 0.6 * random.normal() : shared);
      const first = random.next() < sigmoid(ease) ? 1 : 0;
      const second = random.next() < sigmoid(ease + 0.8) ? 1 : 0;
      const free = 1 + 0.9 * (ease - 1) + 0.5 * random.normal();
      const signal = free + (first ? 0.7 : -0.7) + 0.8 * random.normal();
      const model = 0.5 + free + (second ? 0.6 : -0.6) + 0.7 * random.normal();
      const both = model + (second ? 0.5 : -0.5) + 0.7 * random.normal();
      set('', i, sigmoid(free), first);
      set('signal', i, sigmoid(1.2 * signal), first);
      set('model', i, sigmoid(1.1 * model), second);
      set('signal+model', i, sigmoid(1.3 * both), second);
    }
  }
  const group = Int32Array.from({ length: n }, (_, i) => Math.floor(i / rows));
  return { n, group, weight: new Float64Array(n).fill(1), states };
}

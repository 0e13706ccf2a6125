import type { Random } from '../../support/random.js';
import { groupRowsOf } from '../interval/group-rows.js';
import type { Table } from '../scored.js';
import { normalQuantile } from '../special/normal.js';
import { chanceGiven } from './group-correlation.js';

/**
 * Simulates labels (0 or 1) that would result if the probabilities were true, correlated within a question by ρ
 * (one-factor Gaussian copula, `group-correlation.ts`). The factor of each question is drawn first, then each answer
 * with its probability given the factor, which needs no normal variate per answer. Every call gives new labels. The
 * array is reused: the next call overwrites it.
 */
export function labelSimulator(table: Table, rho: number, random: Random): () => Uint8Array {
  const { groups, probability } = table;
  const { order, start } = groupRowsOf(table);
  const hidden = probability.map(normalQuantile);
  const label = new Uint8Array(table.n);
  return () => {
    for (let q = 0; q < groups; q++) {
      const alone = rho === 0 || start[q + 1] - start[q] === 1;
      const factor = alone ? 0 : random.normal();
      for (let k = start[q]; k < start[q + 1]; k++) {
        const i = order[k];
        label[i] = random.next() < (alone ? probability[i] : chanceGiven(hidden[i], factor, rho)) ? 1 : 0;
      }
    }
    return label;
  };
}

import type { Random } from '../../support/random.js';
import { groupRowsOf } from '../interval/group-rows.js';
import type { Table } from '../scored.js';
import { normalQuantile } from '../special/normal.js';
import { chanceGiven } from './group-correlation.js';

/**
 * Labels as they would be if the probabilities were true, 0 or 1, correlated within a question by ρ (one-factor Gaussian
 * copula, `group-correlation.ts`): the factor of each question is drawn, then each answer by its chance given the factor,
 * which spares a normal for every answer. Every call gives the next labels; the array is written anew.
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

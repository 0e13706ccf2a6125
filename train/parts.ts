import { splitByGroup, splitByTime } from '../data/split.js';
import type { Random } from '../support/random.js';
import type { TrainingData } from './data.js';
import type { TrainOptions } from './options.js';

/** The two parts of the data budget, as row numbers in ascending order. No group is in both. */
export interface Parts {
  fit: Int32Array;
  certify: Int32Array;
}

/**
 * Splits by question, stratified by the (model, task) mix of questions; or by time, the latest questions to certify. Labels
 * take no part: were the parts balanced by label, what is chosen on fit would no longer be independent of certify.
 */
export function partsOf(data: TrainingData, options: TrainOptions, random: Random): Parts {
  const share = data.groupCount < options.smallGroups ? options.certifyShareSmall : options.certifyShare;
  const strata = Array.from(data.cell, (cell) => data.cells[cell]);
  const held =
    options.split === 'time'
      ? splitByTime(data.groups, data.time, share)
      : splitByGroup(data.groups, new Float64Array(data.n), strata, share, random);
  const all = Int32Array.from({ length: data.n }, (_, i) => i);
  return { fit: all.filter((i) => !held[i]), certify: all.filter((i) => Boolean(held[i])) };
}

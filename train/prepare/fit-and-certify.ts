import { splitByGroup, splitByTime } from '../../data/split.js';
import type { Random } from '../../support/random.js';
import type { TrainOptions } from '../options.js';
import type { TrainingData } from './training-data.js';

/** The two parts of the data budget, as row numbers in ascending order. No group is in both. */
export interface FitAndCertify {
  fit: Int32Array;
  certify: Int32Array;
}

/**
 * Splits by question at random, or by time so that the latest questions certify. Nothing is balanced, because the tests
 * on the certify part assume that its questions are drawn independently. If the caller chose the rows that certify, the
 * other answers to their questions are in neither part.
 */
export function partsOf(data: TrainingData, options: TrainOptions, random: Random): FitAndCertify {
  const all = Int32Array.from({ length: data.n }, (_, i) => i);
  const { certifies: given } = data;
  if (given !== undefined) {
    const groups = new Set(all.filter((i) => given[i] === 1).map((i) => data.group[i]));
    return { fit: all.filter((i) => !groups.has(data.group[i])), certify: all.filter((i) => given[i] === 1) };
  }
  const share = data.groupCount < options.smallGroups ? options.certifyShareSmall : options.certifyShare;
  const certifies =
    options.split === 'time' ? splitByTime(data.groups, data.time, share) : splitByGroup(data.groups, share, random);
  return { fit: all.filter((i) => !certifies[i]), certify: all.filter((i) => Boolean(certifies[i])) };
}

/** The parts for nested cross-fitting: all answers train and all certify. */
export function undivided({ n }: Pick<TrainingData, 'n'>): FitAndCertify {
  const all = Int32Array.from({ length: n }, (_, i) => i);
  return { fit: all, certify: all };
}

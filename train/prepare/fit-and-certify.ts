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
 * Splits by question at random, or by time, the latest questions to certify. Nothing is balanced: the tests on the certify part
 * take its questions for independent draws.
 */
export function partsOf(data: TrainingData, options: TrainOptions, random: Random): FitAndCertify {
  const share = data.groupCount < options.smallGroups ? options.certifyShareSmall : options.certifyShare;
  const certifies =
    options.split === 'time' ? splitByTime(data.groups, data.time, share) : splitByGroup(data.groups, share, random);
  const all = Int32Array.from({ length: data.n }, (_, i) => i);
  return { fit: all.filter((i) => !certifies[i]), certify: all.filter((i) => Boolean(certifies[i])) };
}

/** All answers train and judge: the parts of nested cross-fitting. */
export function undivided({ n }: Pick<TrainingData, 'n'>): FitAndCertify {
  const all = Int32Array.from({ length: n }, (_, i) => i);
  return { fit: all, certify: all };
}

import { ShareCounter, shareInterval } from '../../metrics/interval/share-interval.js';
import type { Manifest } from '../../models/bundle/manifest.js';
import type { Estimate } from '../../report/results.js';
import { addCount, type Counts, countsJson } from '../../support/counts.js';
import { decisionsOf } from '../../train/examine/decisions.js';
import type { ScoredRows } from '../../train/examine/score-rows.js';
import type { TrainingData } from '../../train/prepare/training-data.js';
import type { AcceptedShare, DecidedAnswers } from './results.js';

const LEVEL = 0.95;

/** What a bundle decides for `rows`, with its thresholds. Intervals by question (Wilson, effective number of trials). */
export function decidedAnswers(
  manifest: Pick<Manifest, 'thresholds' | 'decisions' | 'data'>,
  data: TrainingData,
  rows: Int32Array,
  scored: Pick<ScoredRows, 'probability' | 'decided'>,
): DecidedAnswers {
  const decided = decisionsOf(manifest, data, rows, scored);
  const undecided: Counts = new Map();
  for (const { why } of decided) if (why !== null) addCount(undecided, why);
  const limits = new Map(
    manifest.thresholds
      .filter(({ slice, threshold }) => slice == null && threshold !== null)
      .map(({ pattern, threshold }) => [pattern, threshold as number]),
  );
  return {
    thresholds: manifest.thresholds.flatMap(({ pattern, slice, threshold, alpha }) =>
      threshold === null ? [] : [{ pattern, ...(slice == null ? {} : { slice }), threshold, alpha }],
    ),
    decided: acceptedShare(data, rows, (i) => decided[i].claim !== null),
    undecided: countsJson(undecided),
    applied: acceptedShare(data, rows, (i) => scored.probability[i] >= (limits.get(data.pattern[rows[i]]) ?? Infinity)),
  };
}

/** The share of `rows` that is accepted, and the share of errors among them. */
function acceptedShare(data: TrainingData, rows: Int32Array, isAccepted: (place: number) => boolean): AcceptedShare {
  const coverage = new ShareCounter(data.groupCount);
  const error = new ShareCounter(data.groupCount);
  rows.forEach((row, i) => {
    const [group, weight] = [data.group[row], data.w[row]];
    coverage.add(group, weight, isAccepted(i) ? weight : 0);
    if (isAccepted(i)) error.add(group, weight, weight * (1 - data.y[row]));
  });
  return { coverage: estimate(coverage), error: estimate(error) };
}

function estimate(counter: ShareCounter): Estimate {
  if (counter.weight === 0) return { value: null, low: null, high: null };
  return { value: counter.hit / counter.weight, ...shareInterval(counter, LEVEL) };
}

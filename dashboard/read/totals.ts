import { BIN_STARTS } from '../../store/rollup/tables.js';
import { appendAt } from '../../support/append.js';
import type { Counted } from './counts.js';

/** Sums over counts. */
export interface Totals {
  n: number;
  accepted: number;
  /** Sum of the probabilities of all, and of the accepted ones. */
  pSum: number;
  acceptedPSum: number;
  bins: number[];
  /** Accepted answers with a label, and the sum of their labels. */
  acceptedLabelled: number;
  acceptedLabelSum: number;
  labelled: number;
  labelSum: number;
  escalated: number;
  selected: number;
}

export function totalsOf(counts: readonly Counted[]): Totals {
  const totals: Totals = {
    ...{ n: 0, accepted: 0, pSum: 0, acceptedPSum: 0, bins: BIN_STARTS.map(() => 0) },
    ...{ acceptedLabelled: 0, acceptedLabelSum: 0, labelled: 0, labelSum: 0, escalated: 0, selected: 0 },
  };
  for (const { n, pSum, bins, labelled, labelSum, decision, selected } of counts) {
    totals.n += n;
    totals.pSum += pSum;
    totals.labelled += labelled;
    totals.labelSum += labelSum;
    for (const [i, count] of bins.entries()) totals.bins[i] += count;
    if (selected) totals.selected += n;
    if (decision === 'escalate') totals.escalated += n;
    if (decision !== 'accept') continue;
    totals.accepted += n;
    totals.acceptedPSum += pSum;
    totals.acceptedLabelled += labelled;
    totals.acceptedLabelSum += labelSum;
  }
  return totals;
}

/** Counts by a key, in the order in which the keys appear. */
export function groupedBy<K>(counts: readonly Counted[], keyOf: (count: Counted) => K): Map<K, Counted[]> {
  const groups = new Map<K, Counted[]>();
  for (const count of counts) appendAt(groups, keyOf(count), count);
  return groups;
}

/** The share of these keys' answers: keys by number of answers, the largest first. */
export function ranked(counts: readonly Counted[], keyOf: (count: Counted) => string): [key: string, n: number][] {
  const sizes = [...groupedBy(counts, keyOf)].map(([key, own]): [string, number] => [
    key,
    own.reduce((sum, { n }) => sum + n, 0),
  ]);
  return sizes.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

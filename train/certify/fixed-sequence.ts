import { type Scored, type Table, tableOf } from '../../metrics/scored.js';
import type { Random } from '../../support/random.js';
import { bettingTest } from './betting.js';
import { groupSums } from './group-sums.js';
import type { Profile } from './outlook.js';

/** A threshold as it stands on the certify answers. */
export interface Tested {
  threshold: number;
  alpha: number;
  delta: number;
  /** Answers and questions looked at, and those (with an answer) accepted. */
  n: number;
  groups: number;
  accepted: number;
  acceptedGroups: number;
  /** Share of the answers accepted. */
  coverage: number;
  /** Weighted share of errors among the accepted, as seen; null where none is accepted. */
  error: number | null;
  pvalue: number;
  method: 'betting';
  /** No question counts as more weight than this. */
  cap: number;
  /** Accepted questions that are heavier than that and count as it. */
  capped: number;
}

interface Certification {
  /** The loosest threshold whose test and all before it passed: "at most α errors among accepted answers, with confidence 1 − δ". */
  certified: Tested | null;
  /** Every threshold tested, in order; the last is the one that failed, unless all passed. */
  tested: Tested[];
}

/**
 * Fixed-sequence certification: candidates fixed beforehand are tested in their order, each at level δ, until one fails. With
 * chance ≥ 1 − δ no threshold that passed has more than α errors in the population questions are drawn from: a false pass
 * means that the first false hypothesis in the sequence passed. One order of questions, drawn without looking, serves all
 * tests. Source: Angelopoulos et al. 2021 (Learn then Test), sec. 4.
 */
export function fixedSequence(
  candidates: readonly (Profile & { threshold: number })[],
  certify: Scored,
  { alpha, delta }: { alpha: number; delta: number },
  random: Random,
): Certification {
  const table = tableOf(certify);
  const order = random.fork('order').shuffle(Int32Array.from({ length: table.groups }, (_, g) => g));
  const tested: Tested[] = [];
  let certified: Tested | null = null;
  for (const candidate of candidates) {
    const sums = groupSums(table, candidate.threshold, candidate.cap, order);
    const pvalue = bettingTest(sums, candidate, alpha, delta);
    const test: Tested = {
      ...standing(table, candidate.threshold),
      acceptedGroups: sums.mass.length,
      alpha,
      delta,
      pvalue,
      method: 'betting',
      cap: candidate.cap,
      capped: sums.capped,
    };
    tested.push(test);
    if (pvalue > delta) break;
    certified = test;
  }
  return { certified, tested };
}

function standing(table: Table, threshold: number) {
  let accepted = 0;
  let weight = 0;
  let wrong = 0;
  for (let i = 0; i < table.n; i++) {
    if (!(table.probability[i] >= threshold)) continue;
    accepted++;
    weight += table.weight[i];
    wrong += table.weight[i] * (1 - table.label[i]);
  }
  return {
    threshold,
    n: table.n,
    groups: table.groups,
    accepted,
    coverage: table.n === 0 ? 0 : accepted / table.n,
    error: weight > 0 ? wrong / weight : null,
  };
}

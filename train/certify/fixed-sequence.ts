import { type Scored, type Table, tableOf } from '../../metrics/scored.js';
import type { TestCounts } from '../../report/results.js';
import type { Random } from '../../support/random.js';
import { bettingTest } from './betting.js';
import { groupSums } from './group-sums.js';
import type { Profile } from './outlook.js';

/** A threshold with the result of its test on the certify answers. */
export interface Tested extends TestCounts {
  threshold: number;
  pvalue: number;
  method: 'betting';
  /** The most weight that a question counts with. */
  cap: number;
  /** Number of accepted questions that are heavier than the cap and count as the cap. */
  capped: number;
}

interface Certification {
  /**
   * The loosest threshold that passed, like all before it: "at most α errors among accepted answers, with confidence 1
   * − δ".
   */
  certified: Tested | null;
  /** Every tested threshold, in order. Unless all passed, the last one failed. */
  tested: Tested[];
}

/**
 * Fixed-sequence certification: candidates that were fixed beforehand are tested in order, each at level δ, until one
 * fails. With a probability of at least 1 − δ, no threshold that passed has more than α errors in the population of
 * questions, because a false pass means that the first true null hypothesis in the sequence was rejected. All tests use
 * the same order of questions, drawn without looking. Source: Angelopoulos et al. 2021 (Learn then Test), sec. 4.
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

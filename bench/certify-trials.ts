import { tableOf } from '../metrics/scored.js';
import { random } from '../support/random.js';
import { bettingTest } from '../train/certify/betting.js';
import { fixedSequence } from '../train/certify/fixed-sequence.js';
import { groupSums } from '../train/certify/group-sums.js';
import { labelsNeeded, type Shares } from '../train/certify/labels-needed.js';
import { type Outlook, outlooksOf, sights } from '../train/certify/outlook.js';
import { predictedPower } from '../train/certify/power.js';
import { thresholdCandidates } from '../train/certify/threshold-candidates.js';
import { binomialRows, hoeffdingBentkusRows } from './certify-peers.js';
import { drawQuestions, type Population, truthAt } from './certify-population.js';
import { onePerGroupTest } from './one-per-group.js';

export const DELTA = 0.05;

/** How a threshold is planned, from questions drawn to fit on: the plan of the nearest threshold on the grid. */
export function outlookAt(population: Population, threshold: number, alpha: number, groups: number): Outlook {
  const all = sights(drawQuestions(population, 1600, random('fit')));
  const near = all.reduce((a, b) => (Math.abs(b.threshold - threshold) < Math.abs(a.threshold - threshold) ? b : a));
  const power = (outlook: Outlook) => predictedPower(outlook, groups, alpha, DELTA);
  return { ...outlooksOf(near, alpha).reduce((a, b) => (power(b) > power(a) + 0.02 ? b : a)), threshold };
}

export interface Passed {
  betting: number;
  onePerGroup: number;
  binomialRows: number;
  hoeffdingBentkusRows: number;
}

/** The number of draws of `questions` in which each test passes a threshold. */
export function passes(
  population: Population,
  questions: number,
  outlook: Outlook,
  alpha: number,
  draws: number,
): Passed {
  const passed = { betting: 0, onePerGroup: 0, binomialRows: 0, hoeffdingBentkusRows: 0 };
  for (let k = 0; k < draws; k++) {
    const draw = random(`draw ${k}`);
    const certify = drawQuestions(population, questions, draw);
    const table = tableOf(certify);
    const order = draw.shuffle(Int32Array.from({ length: table.groups }, (_, g) => g));
    const sums = groupSums(table, outlook.threshold, outlook.cap, order);
    const accepted = certify.label.filter((_, i) => certify.probability[i] >= outlook.threshold);
    const wrong = accepted.reduce((sum, y) => sum + 1 - y, 0);
    if (bettingTest(sums, outlook, alpha, DELTA) <= DELTA) passed.betting++;
    if (onePerGroupTest(sums, alpha, draw) <= DELTA) passed.onePerGroup++;
    if (binomialRows(accepted.length, wrong, alpha) <= DELTA) passed.binomialRows++;
    if (hoeffdingBentkusRows(accepted.length, wrong, alpha) <= DELTA) passed.hoeffdingBentkusRows++;
  }
  return passed;
}

export interface Whole {
  broken: number;
  certified: number;
  /** Mean over draws of the true share that is accepted. */
  coverage: number;
}

/**
 * The whole procedure on `draws` pairs of parts: candidates from one, tests on the other. A cost table sets `floor`.
 */
export function whole(
  population: Population,
  {
    fit,
    certify,
    alpha,
    draws,
    floor = 0,
  }: { fit: number; certify: number; alpha: number; draws: number; floor?: number },
): Whole {
  const result = { broken: 0, certified: 0, coverage: 0 };
  for (let k = 0; k < draws; k++) {
    const draw = random(`whole ${k}`);
    const plan = { alpha, delta: DELTA, groups: certify, floor };
    const candidates = thresholdCandidates(drawQuestions(population, fit, draw), plan);
    const found = fixedSequence(candidates, drawQuestions(population, certify, draw), plan, draw).certified;
    if (found === null) continue;
    const truth = truthAt(population, found.threshold);
    result.certified++;
    result.coverage += truth.coverage / draws;
    if (truth.risk > alpha) result.broken++;
  }
  return result;
}

export interface Advised {
  /**
   * First draws that certified nothing, those of them that advised a number of labels, and the median of these numbers.
   */
  failed: number;
  advised: number;
  median: number;
  /** Share of newly drawn sets of that size that were certified. */
  passed: number;
}

/**
 * Whether the advised number of labels suffices: small sets that fail, then sets of the advised size, split as in
 * training.
 */
export function advised(
  population: Population,
  { questions, alpha, draws, again }: { questions: number; alpha: number; draws: number; again: number },
  shares: Omit<Shares, 'groups'>,
): Advised {
  const plan = { alpha, delta: DELTA, floor: 0 };
  const needs: number[] = [];
  let [failed, passed] = [0, 0];
  for (let k = 0; k < draws; k++) {
    const draw = random(`advice ${k}`);
    const small = Math.round(questions * shares.certifyShareSmall);
    const fit = drawQuestions(population, questions - small, draw);
    const groups = (n: number) => ({ ...plan, groups: n });
    const first = drawQuestions(population, small, draw);
    if (fixedSequence(thresholdCandidates(fit, groups(small)), first, plan, draw).certified !== null) continue;
    failed++;
    const need = labelsNeeded(fit, questions, plan, { ...shares, groups: questions });
    if (typeof need === 'string') continue;
    needs.push(need.groups);
    for (let r = 0; r < again; r++) {
      const anew = draw.fork(r);
      const more = drawQuestions(population, need.groups - need.certify, anew);
      const certify = drawQuestions(population, need.certify, anew);
      const candidates = thresholdCandidates(more, groups(need.certify));
      if (fixedSequence(candidates, certify, plan, anew).certified !== null) passed++;
    }
  }
  needs.sort((a, b) => a - b);
  return {
    failed,
    advised: needs.length,
    median: needs[needs.length >> 1] ?? Number.NaN,
    passed: passed / (needs.length * again),
  };
}

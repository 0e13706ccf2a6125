import { deltaOf } from '../metrics/interval/delta-of.js';
import type { Scored } from '../metrics/scored.js';
import { random } from '../support/random.js';
import { fixedSequence } from '../train/certify/fixed-sequence.js';
import { labelsNeeded } from '../train/certify/labels-needed.js';
import { thresholdCandidates } from '../train/certify/threshold-candidates.js';
import {
  groupsOf,
  type Labels,
  labelsOf,
  type Names,
  type Numbers,
  numbersOf,
  openShare,
  weightsOf,
} from './columns.js';
import { planAndTest } from './plan-and-test.js';
import { onlyKnown } from './read-settings.js';

/** Answers that were scored and graded: row i of every column is the same answer. */
export interface ScoredAnswers {
  /** Any score; a larger one means that the answer is more likely right. It need not be a probability. */
  scores: Numbers;
  /** 1 or true: right; 0 or false: wrong; a number between: partly right. */
  labels: Labels;
  /** Question of each answer: answers to one question are not independent. If absent, each answer has its own. */
  groups?: Names;
  /** Weight of each answer, 0 or more; 1 if absent. */
  weights?: Numbers;
}

/** Options of `certify`. */
export interface CertifyOptions extends ScoredAnswers {
  /**
   * Allowed share of errors among accepted answers (α, default 0.05), and the confidence of that promise (1 − δ,
   * default 0.95).
   */
  targetError?: number;
  confidence?: number;
  /**
   * Other answers with scores of the same kind, for instance out-of-fold scores. Candidate thresholds are chosen on
   * them, and all of `scores` certify.
   */
  plan?: ScoredAnswers;
  /**
   * Without `plan`: the share of the questions, drawn at random, on which candidate thresholds are chosen (default
   * 0.3). The other questions certify.
   */
  planShare?: number;
  /** Seed of that draw, and of the order in which questions are tested. Choose it before you see any result. */
  seed?: number;
}

/** "Accept answers with a score of at least `threshold`: at most `targetError` errors, with this `confidence`." */
export interface Certificate {
  /** Null if nothing could be certified. */
  threshold: number | null;
  targetError: number;
  confidence: number;
  /** Share of the certifying answers that the threshold accepts; how many answers and questions these are. */
  coverage: number;
  accepted: number;
  acceptedGroups: number;
  /** Observed share of errors among the accepted answers; null if nothing is certified. */
  error: number | null;
  /** How many answers and questions certified, without those on which candidate thresholds were chosen. */
  n: number;
  groups: number;
  /** The most weight that one question has in the promise; null if nothing is certified. */
  cap: number | null;
  guarantee: 'finite-sample';
  method: string;
  /**
   * If nothing is certified: an estimate of how many questions in all would certify a threshold four times in five.
   * Null if no number would, or if it is unknown.
   */
  groupsNeeded: number | null;
}

const PLAN_SHARE = 0.3;
const METHOD = 'betting on sums by question, fixed sequence';

/**
 * Certifies a threshold on any scores: finds the lowest one above which at most α of the accepted answers are wrong,
 * with confidence 1 − δ. A plain function that needs no bundle.
 *
 * The promise is valid under these conditions. The scores are held out: the system that made them has not seen these
 * labels. The questions are drawn independently, in the same way as later ones; answers to one question may depend on
 * each other in any way. The candidate thresholds and their order are fixed on `plan` (or on a random part of the
 * questions) without the labels of the other questions. These test the candidates one after another, each at level δ,
 * until one fails. So the chance that any threshold that passed has more than α errors in the population is at most δ,
 * for any number of answers (Learn then Test, Angelopoulos et al. 2021, sec. 4; betting tests, Waudby-Smith & Ramdas
 * 2024). Not valid: to try several seeds or targets until one passes; scores of answers that an earlier score chose;
 * later answers of another kind. Errors: BAD_USAGE, NO_LABELS, ONE_GROUP.
 */
export function certify(options: CertifyOptions): Certificate {
  onlyKnown(options, [
    'scores',
    'labels',
    'groups',
    'weights',
    'targetError',
    'confidence',
    'plan',
    'planShare',
    'seed',
  ]);
  const { targetError = 0.05, confidence = 0.95, plan, planShare = PLAN_SHARE, seed = 1 } = options;
  const alpha = openShare('targetError', targetError);
  const delta = deltaOf(openShare('confidence', confidence));
  const draw = random(seed).fork('certify');
  const all = scoredOf(options, '');
  const { before, test } =
    plan === undefined
      ? planAndTest(all.scored, all.count, openShare('planShare', planShare), draw.fork('plan'))
      : { before: scoredOf(plan, 'plan.').scored, test: all.scored };
  const groups = new Set(test.group).size;
  const floor = before.probability.every((score) => score >= 0) ? 0 : -Number.MAX_VALUE;
  const candidates = thresholdCandidates(before, { alpha, delta, groups, floor });
  const { certified } = fixedSequence(candidates, test, { alpha, delta }, draw.fork('test'));
  const common = {
    targetError,
    confidence,
    n: test.label.length,
    groups,
    guarantee: 'finite-sample',
    method: METHOD,
  } as const;
  if (certified !== null) {
    const { threshold, coverage, accepted, acceptedGroups, error, cap } = certified;
    return { threshold, ...common, coverage, accepted, acceptedGroups, error, cap, groupsNeeded: null };
  }
  const share = plan === undefined ? 1 - planShare : 1;
  const needed = labelsNeeded(
    before,
    groups / share,
    { alpha, delta, floor },
    { certifyShare: share, certifyShareSmall: share, smallGroups: 0, groups: groups / share },
  );
  const groupsNeeded = typeof needed === 'string' ? null : needed.groups;
  const none = { coverage: 0, accepted: 0, acceptedGroups: 0, error: null, cap: null };
  return { threshold: null, ...common, ...none, groupsNeeded };
}

function scoredOf({ scores, labels, groups, weights }: ScoredAnswers, prefix: string) {
  const label = labelsOf(`${prefix}labels`, labels);
  const n = label.length;
  const { group, count } = groupsOf(`${prefix}groups`, groups, n);
  const probability = numbersOf(`${prefix}scores`, scores, n);
  const scored: Scored & { group: Int32Array } = {
    ...{ probability, label, group },
    weight: weightsOf(`${prefix}weights`, weights, n),
  };
  return { scored, count };
}

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
  /** Any score; a larger one means more likely right. It need not be a probability. */
  scores: Numbers;
  /** 1 or true is right, 0 or false wrong, between a share. */
  labels: Labels;
  /** Question of each answer: answers to one question are not independent. Each is its own where absent. */
  groups?: Names;
  /** Weight of each answer, 0 or more; 1 each where absent. */
  weights?: Numbers;
}

/** Options of `certify`. */
export interface CertifyOptions extends ScoredAnswers {
  /**
   * Errors allowed among accepted answers (α, default 0.05), and the confidence of that promise (1 − δ, default 0.95).
   */
  targetError?: number;
  confidence?: number;
  /**
   * Other answers with scores of the same kind, for instance out-of-fold scores: thresholds are laid out on them, and
   * all of `scores` certify.
   */
  plan?: ScoredAnswers;
  /**
   * Without `plan`: the share of the questions, drawn at random, that thresholds are laid out on (default 0.3). The
   * others certify.
   */
  planShare?: number;
  /** Seed of that draw, and of the order in which questions are tested. Fix it before you look. */
  seed?: number;
}

/** "Accept answers with a score of at least `threshold`: at most `targetError` errors, with this `confidence`." */
export interface Certificate {
  /** Null where nothing could be certified. */
  threshold: number | null;
  targetError: number;
  confidence: number;
  /** Share of the certifying answers that it accepts, and how many answers and questions these are. */
  coverage: number;
  accepted: number;
  acceptedGroups: number;
  /** Share of errors seen among them; null where nothing is certified. */
  error: number | null;
  /** Answers and questions that certified. Those that thresholds were laid out on are not among them. */
  n: number;
  groups: number;
  /** No question counts as more weight than this in the promise; null where nothing is certified. */
  cap: number | null;
  guarantee: 'finite-sample';
  method: string;
  /**
   * Where nothing is certified: how many questions in all would certify something four times in five. An estimate; null
   * where none would, or unknown.
   */
  groupsNeeded: number | null;
}

const PLAN_SHARE = 0.3;
const METHOD = 'betting on sums by question, fixed sequence';

/**
 * Certifies a threshold on any scores: finds the lowest one above which at most α of the accepted answers are wrong,
 * with confidence 1 − δ. A plain function; nothing else of vouch is needed.
 *
 * What is valid, and why. The scores must be held out: whatever made them may not have seen these labels. Questions
 * must be drawn independently of each other, as later ones will be; answers to one question may depend on each other in
 * any way. The thresholds and their order are fixed on `plan` (or on a random part of the questions) before the other
 * labels are looked at. The others test them one after another, each at level δ, until one fails; so the chance that
 * any threshold that passed has more than α errors in the population is at most δ, at any number of answers (Learn then
 * Test, Angelopoulos et al. 2021, sec. 4; betting tests, Waudby-Smith & Ramdas 2024). Not valid: several seeds or
 * targets tried until one passes; scores of answers chosen by an earlier score; later answers of another kind. Errors:
 * BAD_USAGE, NO_LABELS, ONE_GROUP.
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
  const delta = 1 - openShare('confidence', confidence);
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

import type { Estimate } from '../../metrics/interval/interval.js';
import type { Numbers } from './askings/covered-numbers.js';
import type { Method } from './policy.js';

/** How good the probabilities of all hypotheses are: every distinct answer, and "none of these". */
export interface JointQuality {
  /** Multi-class log-loss, −Σ t ln P, in nats. */
  logLoss: Estimate;
  /** Debiased calibration error over all pairs of a hypothesis and its probability. */
  eceDebiased: Estimate;
}

/** What a method with a number of answers is worth. Shares are means over questions. */
export interface PolicyQuality {
  method: Method;
  of: number;
  /** Share of chosen answers that are right, and the difference from the first answers, paired by question. */
  accuracy: Estimate;
  gain: Estimate;
  /** How good the probability of the chosen answer is. */
  logLoss: Estimate;
  eceDebiased: Estimate;
  /** Tokens per question, see `counted`. */
  tokens: number;
  /** Accuracy gained per 1,000 tokens beyond those of the first answer; null for the first answer. */
  gainPerThousand: Estimate | null;
  /** Tokens beyond those of the first answers for each further right answer. An end is null if it has no bound. */
  tokensPerRight: Estimate | null;
  joint: JointQuality;
}

/** The promise about the chosen answers that are accepted: at most `targetError` wrong, with this confidence. */
export interface ChoiceClaim {
  id: string;
  targetError: number;
  confidence: number;
  /** Null if nothing was certified; then `advice` says why. */
  threshold: number | null;
  coverage: number;
  /** Accepted answers and questions, and the share of errors among these answers. */
  accepted: number;
  acceptedGroups: number;
  error: number | null;
  /** The most that one question counts with (1: a prompt of average weight); how many accepted questions are heavier. */
  cap: number | null;
  capped: number;
  /** How many answers a prompt may have, without revisions. */
  answers: Numbers;
  /** Answers and questions that certified. */
  n: number;
  groups: number;
  advice: string | null;
}

export interface ChoiceSummary {
  answers: number;
  /** Prompts with their answers, in how many questions; and all answers among which methods choose. */
  askings: number;
  questions: number;
  candidates: number;
  /** Who graded: `labels`, or rules, as `auto:NAME`. */
  by: string;
  /** Prompts that were left out: with too few answers, without all grades; and questions the bundle was trained on. */
  fewer: number;
  notGraded: number;
  seen: number;
  /** Which tokens count: `all` are those read and written, `written` only those of the answers. */
  counted: 'all' | 'written';
  /** Answers whose tokens are estimated from their length. */
  estimated: number;
  /** Every method, on all graded questions; each probability comes from other questions. */
  policies: PolicyQuality[];
  /** The method that was chosen on the fit questions, measured on the certify questions alone. */
  frozen: PolicyQuality;
  fitQuestions: number;
  certifyQuestions: number;
  claim: ChoiceClaim;
}

/** A distinct answer to a question: its text, how many candidates gave it, and the probability that it is right. */
export interface Hypothesis {
  answer: string;
  votes: number;
  probability: number;
}

/** The answer that was chosen for one prompt. */
export interface Choice {
  /** The record that gave it, and its place among that record's samples; null for the record's own answer. */
  id: string;
  sample: number | null;
  group: string;
  answer: string;
  method: Method;
  /** Among how many answers it was chosen. */
  of: number;
  /** The calibrated probability that it is right. */
  probability: number;
  /**
   * The probability that no answer is right. With those of `answers` it adds up to 1, so answers that are right at the
   * same time share one probability, and `probability` is then higher than its part.
   */
  none: number;
  answers: Hypothesis[];
  /** Always true: it was chosen, so promises about first answers do not hold for it. */
  selected: true;
}

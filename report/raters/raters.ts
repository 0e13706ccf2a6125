import type { Estimate } from '../../metrics/interval/interval.js';

/** Who or what rated answers: a person, a grader whose verdicts are labels, or a verifier whose scores are signals. */
export type RaterKind = 'person' | 'grader' | 'verifier';

/** One rater. Scores and shares are cut at 0.5. */
export interface Rater {
  name: string;
  kind: RaterKind;
  /** Number of answers it rated, and the share that it calls right. */
  rated: number;
  right: number;
  /** Compared with the labels by people (for a person: by other people); null if there are none. */
  people: {
    answers: number;
    questions: number;
    /** Share of the answers on which both say the same, and Cohen's kappa. */
    agree: number;
    kappa: Estimate;
    /** Share of the wrong answers that it calls right, and of the right ones that it calls wrong; null without any. */
    falseRight: number | null;
    falseWrong: number | null;
    /** Its mean score on the longer half of the answers minus that on the shorter half, at equal truth. */
    lengthBias: Estimate;
  } | null;
  /** Mean absolute difference between its scores in the two orders; null unless it was asked in both. */
  orderGap: Estimate | null;
  /** By Dawid and Skene's model: the share of right answers that it calls right, and of wrong ones that it calls wrong. */
  sensitivity: number | null;
  specificity: number | null;
}

/** How reliable raters and verifiers are. */
export interface Raters {
  rows: Rater[];
  /** Agreement among several raters: people, and all; only where at least two rated the same answers. */
  together: { who: 'people' | 'all'; raters: number; answers: number; fleiss: Estimate; alpha: Estimate }[];
  /** Dawid and Skene's model over at least three raters. */
  model: {
    raters: number;
    answers: number;
    /** Share of right answers by the model. */
    right: number;
    /** Answers whose most probable class differs from the label that training uses. */
    differs: number;
    iterations: number;
    converged: boolean;
  } | null;
}

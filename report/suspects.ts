import type { Agreement } from '../data/label/agreement.js';
import type { Estimate } from '../metrics/interval/interval.js';

/** Labels and rows that deserve a second look, as the report lists them: counts and ids, no texts. */
export interface Suspects {
  /** Number of answers that were examined. */
  answers: number;
  duplicates: { sets: number; rows: number; acrossGroups: number; examples: string[][] };
  conflicts: { sets: number; rows: number; wrongAtLeast: number; examples: { id: string; label: number }[][] };
  near: { groups: number; sets: number; straddling: number; pairs: { a: string; b: string; likeness: number }[] };
  denied: {
    rows: number;
    sureRight: number | null;
    sureWrong: number | null;
    labelledRight: number;
    labelledWrong: number;
    expected: number;
    examples: { id: string; probability: number; label: 0 | 1 }[];
  };
  leaks: Leak[];
  gradedTwice: GradedTwice | null;
}

export interface GradedTwice {
  /** Agreement of the automatic grader with people, on the rows that both graded. */
  agreement: Agreement;
  /**
   * Share of right answers by the automatic grader among checked and unchecked rows; whether they differ beyond chance.
   */
  automaticChecked: number;
  automaticUnchecked: number;
  isSelective: boolean;
  /** Share of right answers: of all rows, by model, by task. */
  accuracy: ThreeWays[];
  /** Mean of probability − label on the certify part; null where too few are checked there. */
  gap: ThreeWays | null;
  /** Share of right answers on the certify part by bin of the probability, and the mean probability of the bin. */
  bins: (ThreeWays & { predicted: number })[];
}

/**
 * One quantity, estimated from both graders (prediction-powered), from people alone, from the automatic grader alone.
 */
export interface ThreeWays {
  name: string;
  /** Number of rows that people checked, and of rows with the automatic grade alone. */
  checked: number;
  unchecked: number;
  both: Estimate;
  human: Estimate;
  automatic: Estimate;
  /** Weight of the automatic grades in `both`, 0 to 1. */
  lambda: number;
}

/** Kind of signal, which the wording of the alarm depends on: form of the texts, the user's own feature, a verifier. */
export type LeakSource = 'text' | 'feature' | 'verifier';

export interface Leak {
  signal: string;
  kind: LeakSource;
  /** What gives the label away: the `value` of the signal, or whether it was `recorded` at all. */
  by: 'value' | 'recorded';
  /**
   * AUROC of the value; near 0, larger values mean wrong. `aurocWithin`: within each (model, task) with both classes.
   */
  auroc: number;
  aurocWithin: number | null;
  /** Whether the signal has two values only, one for all right and one for all wrong answers: a copy of the label. */
  isCopy: boolean;
}

/** An AUROC above this, or below 1 minus this, is higher than a signal can honestly reach from the answer alone. */
export const LEAK = 0.95;

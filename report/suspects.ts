import type { Agreement } from '../data/label/agreement.js';
import type { Estimate } from '../metrics/interval/interval.js';

/** Labels and rows under suspicion, as the report holds them: counts and ids, no texts. */
export interface Suspects {
  /** Answers looked at. */
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
  /** The automatic grader against people, over the rows both graded. */
  agreement: Agreement;
  /** Share right by the automatic grader among checked and among unchecked rows, and whether that can still be chance. */
  automaticChecked: number;
  automaticUnchecked: number;
  isSelective: boolean;
  /** Share right: of all rows, by model, by task. */
  accuracy: ThreeWays[];
  /** Mean of probability − label on the certify part; null where too few are checked there. */
  gap: ThreeWays | null;
  /** Share right on the certify part by bin of the probability, and the mean probability of the bin. */
  bins: (ThreeWays & { predicted: number })[];
}

/** One quantity, three ways: by both graders (prediction-powered), by people alone, by the automatic grader alone. */
export interface ThreeWays {
  name: string;
  /** Rows people checked, and rows with the automatic grade alone. */
  checked: number;
  unchecked: number;
  both: Estimate;
  human: Estimate;
  automatic: Estimate;
  /** How far the automatic grades were trusted, 0 to 1. */
  lambda: number;
}

/** What kind of signal it is, for what the alarm says: form of the texts, the user's own, a verifier. */
export type LeakSource = 'text' | 'feature' | 'verifier';

export interface Leak {
  signal: string;
  kind: LeakSource;
  /** `value`: the number or category tells; `recorded`: whether it was recorded at all does. */
  by: 'value' | 'recorded';
  /** Area with larger values towards right: near 0 it points to wrong. Within (model, task) where both classes are there. */
  auroc: number;
  aurocWithin: number | null;
  /** Every right answer lies on one side of every wrong one, with no value in between: two values that copy the label. */
  isCopy: boolean;
}

/** An AUROC beyond this, or below 1 less it, is more than a signal that sees the answer alone can honestly tell. */
export const LEAK = 0.95;

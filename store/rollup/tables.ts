/**
 * The lower ends of the bins in which probabilities are counted: .05 wide in the middle, finer at both ends, where most
 * probabilities of a good predictor are. The last bin contains 1.
 */
export const BIN_STARTS = [
  ...[0, 0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45],
  ...[0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.98, 0.99],
] as const;

/** The upper end of the i-th bin. */
export function binEnd(i: number): number {
  return BIN_STARTS[i + 1] ?? 1;
}

/** Columns with the counts by bin. */
export const BIN_COLUMNS = BIN_STARTS.map((_, i) => `bin${i}` as const);

/** How many hours a row counts together. Long periods are read from days, short ones from hours. */
const SPANS = [1, 24] as const;

/** The same as rows of a statement. */
export const SPAN_ROWS = SPANS.map((span) => `select ${span} as span`).join(' union all ');

/** What the answers counted in one row have in common. Texts are '' where an answer has none. */
interface RollupKey {
  span: number;
  /** The first hour, in hours since 1970 (UTC). */
  start: number;
  tenant: string;
  bundle: string;
  model: string;
  task: string;
  decision: string;
  why: string;
  selected: number;
}

/** Counts of scored answers. Nothing in them names a person or quotes a text. */
export type RollupTable = RollupKey & {
  n: number;
  /** Sum of the probabilities. */
  p_sum: number;
  /** Answers that have a label, and the sum of their labels. */
  labelled: number;
  label_sum: number;
} & Record<`bin${number}`, number>;

export const ROLLUP_KEY = [
  'span',
  'start',
  'tenant',
  'bundle',
  'model',
  'task',
  'decision',
  'why',
  'selected',
] as const satisfies (keyof RollupKey)[];

/** Counts of answers that a policy decided about, by what it bought for them. Nothing in them names a person. */
export interface BoughtTable {
  span: number;
  /** The first hour, in hours since 1970 (UTC). */
  start: number;
  tenant: string;
  bundle: string;
  /** The stages that were bought, as `policy(nli,large)`. */
  basis: string;
  /** '' if there is none. */
  decision: string;
  n: number;
}

export const BOUGHT_KEY = [
  'span',
  'start',
  'tenant',
  'bundle',
  'basis',
  'decision',
] as const satisfies (keyof BoughtTable)[];

/** One row per answer that feedback gave a label. It repeats columns that no deletion empties. */
export interface LabelledTable {
  /** Number of the answer. */
  scored: number;
  tenant: string;
  time: number;
  bundle: string;
  decision: string | null;
  probability: number | null;
  /** One label made from all labels of the answer; see `labelOf`. */
  label: number;
}

/** Counts of feedback by the day (since 1970, UTC) on which it was received. */
export interface FeedbackDayTable {
  tenant: string;
  day: number;
  kind: string;
  n: number;
  /** Feedback with a label above ½, and below. */
  said_right: number;
  said_wrong: number;
  unlabelled: number;
  contradicting: number;
  /** Feedback whose answer is not known (yet). */
  unknown: number;
}

export const FEEDBACK_COUNTS = [
  'n',
  'said_right',
  'said_wrong',
  'unlabelled',
  'contradicting',
  'unknown',
] as const satisfies (keyof FeedbackDayTable)[];

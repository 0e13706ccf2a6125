import type { Score } from '../../../scorer/scorer.js';

/** What the gateway says of one answer. */
export type Verdict = Unscored | Scored;

export interface Unscored {
  scored: false;
  probability: null;
  decision: null;
  why: string;
  /** How a reply ended that is no answer: tool_calls, function_call, content_filter, error. */
  finish?: string;
}

interface Scored {
  scored: true;
  probability: number;
  decision: Score['decision'];
  why: Score['why'];
  missing: Score['missing'];
  claim: Score['claim'];
  basis: Score['basis'];
  promise: Score['promise'];
  low: number;
  high: number;
  shift: number;
  pattern: string;
  /** Version of the bundle. */
  bundle: string;
}

/** What is said of an answer that cannot be scored. */
export function unscored(why: string): Unscored {
  return { scored: false, probability: null, decision: null, why };
}

/** What is said of a reply that holds no answer: a tool call, what a content filter cut off, a failure. */
export const noAnswer: Unscored = { scored: false, probability: null, decision: null, why: 'no answer' };

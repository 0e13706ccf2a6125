import type { Grounds } from '../../../scorer/grounded.js';
import type { Score } from '../../../scorer/scorer.js';

/** What the gateway says about one answer. */
export type Verdict = Unscored | Scored;

export interface Unscored {
  scored: false;
  probability: null;
  decision: null;
  why: string;
  /** The finish reason of a reply that is not an answer: tool_calls, function_call, content_filter, error. */
  finish?: string;
}

interface Scored extends Partial<Grounds> {
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

/** The verdict on an answer that cannot be scored. */
export function unscored(why: string): Unscored {
  return { scored: false, probability: null, decision: null, why };
}

/** The verdict on a reply without an answer: a tool call, a reply that a content filter cut off, a failure. */
export const noAnswer: Unscored = { scored: false, probability: null, decision: null, why: 'no answer' };

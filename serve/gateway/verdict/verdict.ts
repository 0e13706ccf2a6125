import type { Grounds } from '../../../scorer/grounded.js';
import type { Score } from '../../../scorer/scorer.js';
import type { PolicyField } from '../policy/policy-field.js';

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
  /** Under a policy, null if it cannot judge the answer. */
  probability: number | null;
  decision: Score['decision'];
  why: Score['why'];
  missing: Score['missing'];
  claim: Score['claim'];
  basis: Score['basis'];
  promise: Score['promise'];
  /** The 90% interval of the bundle; null under a policy, whose probability is another one. */
  low: number | null;
  high: number | null;
  shift: number;
  pattern: string;
  /** Version of the bundle. */
  bundle: string;
  /** How the policy came to this decision. */
  policy?: PolicyField;
}

/** The verdict on an answer that cannot be scored. */
export function unscored(why: string): Unscored {
  return { scored: false, probability: null, decision: null, why };
}

/** The verdict on a reply without an answer: a tool call, a reply that a content filter cut off, a failure. */
export const noAnswer: Unscored = { scored: false, probability: null, decision: null, why: 'no answer' };

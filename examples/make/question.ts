import type { Random } from '../../support/random.js';
import type { Facts } from './facts.js';

/** Which labeller grades the answer; `exact` also takes any alias. */
export type Grader = 'numeric' | 'contains' | 'choice' | 'exact';

/** One question before it is phrased: what is asked, in every wording at hand, and what is right. */
export interface Item {
  /** Wordings of the same question; each names its own conditions, none the answer. */
  wordings: string[];
  reference: string[];
  grader: Grader;
  /** A passage that goes before the question. */
  context?: string;
  /** Letters (or words) of the options, for a choice. */
  options?: string[];
}

/** A kind of question: its name (the record's `task`), examples that stand before every question, and its items. */
export interface Kind {
  task: string;
  /** [question, answer] or [passage, question, answer]: shown as earlier turns before every question of the kind. */
  shots: readonly (readonly [string, string] | readonly [string, string, string])[];
  items(random: Random, facts: Facts, count: number): Item[];
}

/** A line of questions.jsonl: what `vouch collect` asks and what `vouch label` grades by. */
export interface Question {
  id: string;
  group: string;
  task: string;
  prompt: string;
  context?: string[];
  options?: string[];
  reference: string[];
  grader: Grader;
}

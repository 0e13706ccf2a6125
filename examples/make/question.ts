import type { Random } from '../../support/random.js';
import type { Facts } from './facts.js';

/** The labeller that grades the answer. `exact` also accepts any alias. */
export type Grader = 'numeric' | 'contains' | 'choice' | 'exact';

/** One question with all its wordings and its right answer. */
export interface Item {
  /** Wordings of the same question. Each is complete, and none contains the answer. */
  wordings: string[];
  reference: string[];
  grader: Grader;
  /** A passage that precedes the question. */
  context?: string;
  /** Letters (or words) of the options, for a choice. */
  options?: string[];
}

/** A kind of question: its name (the record's `task`), the examples that precede every question, and its items. */
export interface Kind {
  task: string;
  /** [question, answer] or [passage, question, answer]: the earlier turns before every question of this kind. */
  shots: readonly (readonly [string, string] | readonly [string, string, string])[];
  items(random: Random, facts: Facts, count: number): Item[];
}

/** A line of questions.jsonl: what `vouch collect` asks, and the right answer by which `vouch label` grades. */
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

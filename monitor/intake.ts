import type { Logged } from '../data/token-list.js';
import { countScores, countUnseen, newTally, type Tally } from '../scorer/batch/tally.js';
import type { Score } from '../scorer/scorer.js';
import type { ScoredAnswer } from './answer.js';
import type { MonitorState } from './state.js';
import { QuestionWindow, type Sampled } from './window.js';

/** All that a run has read: counts of all answers, and the questions that it looks at. */
export interface Read {
  tally: Tally;
  new: number;
  known: number;
  sampled: Sampled;
  /** Times of the first and the last new answer, and the ids of the answers at the last. */
  first: number | null;
  last: number | null;
  lastIds: string[];
}

/**
 * Takes the answers of one run in the order of time, with flat memory. Answers at or before the last time of the run
 * before count as known, so that a growing log can be given again and again. Answers without a time are always new.
 */
export class Intake {
  readonly #tally = newTally();
  readonly #window: QuestionWindow;
  readonly #before: { last: number | null; lastIds: ReadonlySet<string> };
  #new = 0;
  #known = 0;
  #first: number | null = null;
  #last: number | null = null;
  #lastIds = new Set<string>();

  constructor({ last, lastIds, seed, runs }: MonitorState) {
    this.#before = { last, lastIds: new Set(lastIds) };
    this.#window = new QuestionWindow(`${seed}/${runs}`);
  }

  /** Whether an answer is new; it is counted. `always`: it is, whatever its time. */
  isNew({ id, time }: Pick<ScoredAnswer, 'id' | 'time'>, always = false): boolean {
    const { last, lastIds } = this.#before;
    if (!always && time !== null && last !== null && (time < last || (time === last && lastIds.has(id)))) {
      this.#known++;
      return false;
    }
    this.#new++;
    if (time === null) return true;
    this.#first = Math.min(this.#first ?? time, time);
    if (time > (this.#last ?? Number.NEGATIVE_INFINITY)) this.#lastIds = new Set(time === last ? lastIds : []);
    if (time >= (this.#last ?? time)) {
      this.#last = time;
      this.#lastIds.add(id);
    }
    return true;
  }

  /** Counts scores, and the models and tasks that training never saw. */
  count(records: readonly Logged[], scores: Score[], known: { models: Set<string>; tasks: Set<string> }): void {
    countScores(this.#tally, scores);
    countUnseen(this.#tally, records, known);
  }

  /** Whether the signals of an answer to this question are wanted. */
  wants(question: string): boolean {
    return this.#window.wants(question);
  }

  add(answer: ScoredAnswer): void {
    this.#window.add(answer);
  }

  /** Whether the run looks at this question in detail, now that all answers were read. */
  isLookedAt(question: string): boolean {
    return this.#window.isIn(question);
  }

  finish(): Read {
    return {
      tally: this.#tally,
      ...{ new: this.#new, known: this.#known, sampled: this.#window.finish() },
      ...{ first: this.#first, last: this.#last, lastIds: [...this.#lastIds] },
    };
  }
}

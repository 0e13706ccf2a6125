import { textKey } from '../data/text-key.js';
import type { ScoredAnswer } from './answer.js';

/** Questions that a run looks at in detail, and answers of each: more are sampled, so that memory stays flat. */
const QUESTIONS = 20_000;
const ANSWERS = 16;

/** What a run looks at: whole questions, drawn with equal chances if there are too many. */
export interface Sampled {
  /** By question, in the order in which their first answers came. */
  questions: readonly (readonly ScoredAnswer[])[];
  /** Whether questions were left out. */
  isSample: boolean;
}

/**
 * Keeps the questions with the smallest random numbers (bottom-k sampling, Cohen & Kaplan 2007). The number comes from
 * the seed and the question, so all answers to a question are kept or none.
 */
export class QuestionWindow {
  readonly #held = new Map<string, { rank: number; answers: ScoredAnswer[] }>();
  #bar = Number.POSITIVE_INFINITY;
  #isSample = false;

  constructor(
    private readonly seed: string,
    private readonly most: number = QUESTIONS,
  ) {}

  /** Whether the signals of an answer to this question are wanted. */
  wants(question: string): boolean {
    const isIn = this.#rank(question) <= this.#bar;
    if (!isIn) this.#isSample = true;
    return isIn && (this.#held.get(question)?.answers.length ?? 0) < ANSWERS;
  }

  /** Whether it is among those that are kept; `wants` without a note that something was left out. */
  isIn(question: string): boolean {
    return this.#rank(question) <= this.#bar;
  }

  add(answer: ScoredAnswer): void {
    const rank = this.#rank(answer.question);
    if (rank > this.#bar) return;
    const held = this.#held.get(answer.question) ?? { rank, answers: [] };
    if (held.answers.length < ANSWERS) held.answers.push(answer);
    this.#held.set(answer.question, held);
    if (this.#held.size >= 2 * this.most) this.#cut();
  }

  finish(): Sampled {
    if (this.#held.size > this.most) this.#cut();
    return { questions: [...this.#held.values()].map(({ answers }) => answers), isSample: this.#isSample };
  }

  #rank(question: string): number {
    const [a, b] = textKey(`${this.seed}\n${question}`);
    return (a >>> 0) + (b >>> 0) / 2 ** 32;
  }

  /** Keeps the smallest; later questions above the largest of these can no longer be in. */
  #cut(): void {
    const order = [...this.#held].sort(([, a], [, b]) => a.rank - b.rank);
    for (const [question] of order.slice(this.most)) this.#held.delete(question);
    this.#bar = order[this.most - 1][1].rank;
    this.#isSample = true;
  }
}

import type { Estimate } from '../../metrics/interval/interval.js';

/** How votes are weighted: equally, by the probability of their tokens, or by a bundle's probability. */
export const WEIGHTS = ['votes', 'tokens', 'bundle'] as const;
export type Weight = (typeof WEIGHTS)[number];

/** The answer that a question's candidates voted for. */
export interface Vote {
  /** The record that gave the answer. */
  id: string;
  /** The place of the answer among that record's samples, from 0; null: it is the record's own answer. */
  sample: number | null;
  /** The question. */
  group: string;
  /** The text of the majority with the highest weight. */
  answer: string;
  /** How many candidates gave an answer with this meaning, of how many. */
  votes: number;
  of: number;
  /** The majority's share of the weight. It is not the probability that the answer is right. */
  share: number;
  /**
   * The calibrated probability that the answer is right, from questions other than this one; absent without enough
   * grades.
   */
  probability?: number;
  /** Whether another answer had as much weight; then the one that came first won. */
  tied: boolean;
  /** Whether the answer means the same as the question's first answer. */
  first: boolean;
  /** Always true: the votes selected this answer, so a bundle decides nothing about it. */
  selected: true;
}

/** Shares of right answers on the same questions: of the first answers, and of the voted ones. */
export interface Gain {
  questions: number;
  first: Estimate;
  vote: Estimate;
  /** vote − first, paired by question. */
  gain: Estimate;
}

/** How good the voted answers are, over the questions whose first and voted answers are both graded. */
export interface VoteQuality extends Gain {
  /** Who graded: `labels`, or rules, as `auto:NAME`. */
  by: string;
  /** Questions whose first answer is graded, but not their voted answer: they are left out. */
  notGradable: number;
  /** The same with each way of weighting votes that at least one question allows. */
  ways: (Gain & { weight: Weight })[];
  /** The same with only the first k candidates of each question, over the questions that have so many. */
  byVotes: (Gain & { k: number })[];
  /** How good `probability` is; null if too few questions are graded for it. */
  probability: { calibrator: string; folds: number; logLoss: Estimate; auroc: Estimate; ece: Estimate } | null;
}

/** What a vote found. */
export interface VoteSummary {
  questions: number;
  /** Records with an answer, and all candidates: answers and samples. */
  answers: number;
  candidates: number;
  weight: Weight;
  /** Questions with a single candidate, with a tie, and with a majority that differs from the first answer. */
  single: number;
  ties: number;
  changed: number;
  /** Questions that were voted without weights, because some candidate has none. */
  unweighted: number;
  /** Null without grades. */
  quality: VoteQuality | null;
}

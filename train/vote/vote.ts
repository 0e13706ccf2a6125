import type { AnswerSource } from '../../data/read/answer-source.js';
import type { BadLine, ReadOptions } from '../../data/read/answers.js';
import { silent } from '../../support/progress.js';
import { unlessAborted } from '../../support/unless-aborted.js';
import { labelledWeight } from '../certify/common-weight.js';
import { type BallotOptions, ballotsOf } from './ballots.js';
import { calibrated } from './calibrated.js';
import { graderOf, votedGrade } from './grade.js';
import { type Outcome, Poll } from './poll.js';
import { qualityOf } from './quality.js';
import { type Vote, type VoteSummary, WEIGHTS, type Weight } from './results.js';

export interface VoteHow extends BallotOptions {
  /** How votes are weighted; `bundle` needs a scorer. */
  weight: Weight;
  /** Seed of the folds of the calibration. */
  seed: number;
}

interface Voted {
  votes: Vote[];
  summary: VoteSummary;
  bad: BadLine[];
  notes: string[];
}

/**
 * Self-consistency: per question, the answer that most candidates give. Candidates are the answers of the question's
 * records and their samples. Memory: the texts of all candidates. Source: Wang et al. 2023, "Self-Consistency Improves
 * Chain of Thought Reasoning in Language Models", sec. 2. Errors: those of reading; NO_ANSWERS; DUPLICATE_ID; BAD_USAGE
 * for an unknown rule; BAD_LABEL if the labels of a question have different weights; INTERRUPTED if `signal` fired.
 */
export async function vote(answers: AnswerSource, read: ReadOptions, how: VoteHow): Promise<Voted> {
  const { weight, scorer, seed, show = silent, signal } = how;
  const collected = await ballotsOf(answers, read, how);
  const shown = show('vote', { unit: 'questions', total: collected.ballots.length });
  const polls: Poll[] = [];
  for (const ballot of collected.ballots) {
    unlessAborted(signal);
    polls.push(new Poll(ballot));
    shown.add(1);
  }
  shown.done();
  const outcomes = polls.map((poll) => poll.vote(weight));
  const { grader, by } = graderOf(collected.rules, how.with, how.own);
  const grades = Float64Array.from(polls, ({ candidates }, i) => votedGrade(candidates, outcomes[i], grader));
  const logits = Float64Array.from(outcomes, ({ logit }) => logit);
  const counts = countsOf(polls, how.with);
  const sure = calibrated(logits, grades, { counts, seed });
  const ways = WEIGHTS.filter((way) => way !== 'bundle' || scorer !== undefined);
  const quality = qualityOf(polls, { weight, ways, grader, counts });
  return {
    votes: polls.map((poll, i) => rowOf(poll, outcomes[i], sure?.probability[i])),
    summary: {
      questions: polls.length,
      answers: collected.answers,
      candidates: polls.reduce((sum, { candidates }) => sum + candidates.length, 0),
      weight,
      single: polls.filter(({ candidates }) => candidates.length === 1).length,
      ties: outcomes.filter(({ isTied }) => isTied).length,
      changed: outcomes.filter(({ meaning }) => meaning !== 0).length,
      unweighted: weight === 'votes' ? 0 : outcomes.filter(({ isWeighted }) => !isWeighted).length,
      quality: quality === null ? null : { by, ...quality, probability: sure?.quality ?? null },
    },
    bad: collected.bad,
    notes: collected.notes,
  };
}

/**
 * What each question counts: the weight of its labels. A rule that the caller names grades every answer, so the labels do
 * not count, and their weights do not either. Error: BAD_LABEL if the labels of a question have different weights.
 */
function countsOf(polls: readonly Poll[], rule: string | undefined): Float64Array {
  if (rule !== undefined) return new Float64Array(polls.length).fill(1);
  return Float64Array.from(polls, ({ candidates }) => labelledWeight(candidates, 'question'));
}

function rowOf({ ballot, candidates }: Poll, outcome: Outcome, probability: number | undefined): Vote {
  const { id, sample, text } = candidates[outcome.chosen];
  return {
    ...{ id, sample, group: ballot.group, answer: text },
    ...{ votes: outcome.votes, of: candidates.length, share: outcome.share },
    ...(probability === undefined ? {} : { probability }),
    ...{ tied: outcome.isTied, first: outcome.meaning === 0, selected: true },
  };
}

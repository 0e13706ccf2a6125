import { gainOf, type Pair } from './gain.js';
import { firstGrade, type Grader, votedGrade } from './grade.js';
import type { Outcome, Poll } from './poll.js';
import type { VoteQuality, Weight } from './results.js';

/** How many votes the table shows. */
const COUNTS = [1, 3, 5, 7, 9, 15, 21, 31, 51, 101];
/** Fewest questions for a line of it. */
const FEWEST = 20;

/** What is judged: the chosen weight, all that are possible, who grades, and what each question counts. */
interface Judged {
  weight: Weight;
  ways: readonly Weight[];
  grader: Grader;
  counts: Float64Array;
}

/** How much better the voted answers are than the first ones; null if no question has both grades. */
export function qualityOf(
  polls: readonly Poll[],
  { weight, ways, grader, counts }: Judged,
): Omit<VoteQuality, 'by' | 'probability'> | null {
  const countOf = new Map(polls.map((poll, i) => [poll, counts[i]]));
  const pairOf = (poll: Poll, outcome: Outcome): Pair => ({
    first: firstGrade(poll.candidates, grader),
    vote: votedGrade(poll.candidates, outcome, grader),
    weight: countOf.get(poll) as number,
  });
  const pairs = polls.map((poll) => pairOf(poll, poll.vote(weight)));
  const whole = gainOf(pairs);
  if (whole.questions === 0) return null;
  return {
    ...whole,
    notGradable: pairs.filter(({ first, vote: voted }) => !Number.isNaN(first) && Number.isNaN(voted)).length,
    ways: ways
      .map((way) => ({ way, outcomes: polls.map((poll) => poll.vote(way)) }))
      .filter(({ outcomes }) => outcomes.some(({ isWeighted }) => isWeighted))
      .map(({ way, outcomes }) => ({ weight: way, ...gainOf(polls.map((poll, i) => pairOf(poll, outcomes[i]))) })),
    byVotes: COUNTS.flatMap((k) => {
      const enough = polls.filter(({ candidates }) => candidates.length >= k);
      const gain = gainOf(enough.map((poll) => pairOf(poll, poll.vote(weight, k))));
      if (gain.questions < FEWEST) return [];
      return [{ k, ...gain, ...(k === 1 ? { gain: { value: 0, low: 0, high: 0 } } : {}) }]; // the first answer itself
    }),
  };
}

import type { AnswerSource } from '../../data/read/answer-source.js';
import type { BadLine, ReadOptions } from '../../data/read/answers.js';
import type { AnswerRecord } from '../../data/record.js';
import type { Scorer } from '../../scorer/scorer.js';
import { append } from '../../support/append.js';
import { asAnswer, candidatesOf } from './candidate.js';
import type { Ballot } from './poll.js';
import { type GradedOptions, readGraded } from './read-graded.js';

/** How answers become ballots. */
export interface BallotOptions extends GradedOptions {
  /** The bundle that weights the candidates; absent: they have no such weight. */
  scorer?: Scorer;
}

/** All questions with their candidates, in order of appearance. */
interface Ballots {
  ballots: Ballot[];
  answers: number;
  /** Names of the rules that made labels; '' stands for any other source. */
  rules: Set<string>;
  bad: BadLine[];
  notes: string[];
}

/** Reads answers and gathers the candidates of each question. Errors: those of `readGraded`. */
export async function ballotsOf(answers: AnswerSource, read: ReadOptions, options: BallotOptions): Promise<Ballots> {
  const { scorer } = options;
  const { items, groups, rules, bad, notes } = await readGraded(answers, read, options, async (record, labeller) => {
    const probability = scorer === undefined ? undefined : await probabilities(scorer, record);
    const { prompt, messages } = record;
    return { asked: { prompt, messages }, candidates: candidatesOf(record, { labeller, probability }) };
  });
  const ballots = new Map<string, Ballot>();
  items.forEach(({ asked, candidates }, i) => {
    const ballot = ballots.get(groups[i]);
    if (ballot === undefined) ballots.set(groups[i], { group: groups[i], asked, candidates });
    else append(ballot.candidates, candidates);
  });
  return { ballots: [...ballots.values()], answers: items.length, rules, bad, notes };
}

async function probabilities(scorer: Scorer, record: AnswerRecord): Promise<(number | null)[]> {
  const texts = 1 + (record.samples?.length ?? 0);
  const scores = await scorer.scoreMany(Array.from({ length: texts }, (_, at) => asAnswer(record, at)));
  return scores.map(({ probability }) => probability);
}

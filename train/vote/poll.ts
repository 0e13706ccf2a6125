import type { AnswerRecord } from '../../data/record.js';
import type { Candidate } from './candidate.js';
import { type Majority, majorityOf } from './majority.js';
import { meaningsOf } from './meanings.js';
import type { Weight } from './results.js';
import { type Sameness, samenessOf } from './sameness.js';
import { withoutCopies } from './without-copies.js';

/** One question with all its candidates, in the order in which they were read. */
export interface Ballot {
  group: string;
  asked: Pick<AnswerRecord, 'prompt' | 'messages'>;
  candidates: Candidate[];
}

/** What a vote of some of a ballot's candidates gave. */
export interface Outcome extends Majority {
  /** The meaning of each candidate that voted. */
  meanings: Int32Array;
  /** Whether each candidate has a weight; else all counted the same. */
  isWeighted: boolean;
}

/** Holds votes on one ballot; its candidates are compared once. */
export class Poll {
  readonly #sameness: Sameness;
  readonly candidates: readonly Candidate[];

  constructor(readonly ballot: Ballot) {
    this.candidates = withoutCopies(ballot.candidates);
    this.#sameness = samenessOf(ballot.asked, this.candidates);
  }

  /** The vote of the first `count` candidates. */
  vote(by: Weight, count = this.candidates.length): Outcome {
    const meanings = meaningsOf(this.#sameness, this.candidates.length, count);
    const weight = Float64Array.from({ length: count }, (_, i) => (by === 'votes' ? 1 : this.candidates[i][by]));
    const isWeighted = weight.some((each) => each > 0) && !weight.some(Number.isNaN);
    return { ...majorityOf(meanings, isWeighted ? weight : weight.fill(1)), meanings, isWeighted };
  }
}

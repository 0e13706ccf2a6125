import { groupMaker } from '../../data/group/maker.js';
import type { Labeller } from '../../data/label/labeller.js';
import { labelWith } from '../../data/label/list.js';
import { ruleBehind } from '../../data/label/rule-behind.js';
import type { AnswerSource } from '../../data/read/answer-source.js';
import { type BadLine, type ReadOptions, readAnswers } from '../../data/read/answers.js';
import { newSummary, notesOf } from '../../data/read/summary.js';
import type { AnswerRecord } from '../../data/record.js';
import { seenTexts } from '../../data/seen.js';
import type { Scorer } from '../../scorer/scorer.js';
import { append } from '../../support/append.js';
import { VouchError } from '../../support/errors.js';
import { type ShowProgress, silent } from '../../support/progress.js';
import { unlessAborted } from '../../support/unless-aborted.js';
import { asAnswer, candidatesOf } from './candidate.js';
import type { Ballot } from './poll.js';

/** How answers become ballots. */
export interface BallotOptions {
  /** The bundle that weights the candidates; absent: they have no such weight. */
  scorer?: Scorer;
  /** The rule that grades all answers by references; absent: the rule that made the labels, else the labels. */
  with?: string;
  /** The labellers of plug-ins. */
  own?: readonly Labeller[];
  show?: ShowProgress;
  signal?: AbortSignal;
}

/** All questions with their candidates, in order of appearance. */
export interface Ballots {
  ballots: Ballot[];
  answers: number;
  /** Names of the rules that made labels; '' stands for any other source. */
  rules: Set<string>;
  bad: BadLine[];
  notes: string[];
}

/**
 * Reads answers and gathers the candidates of each question. Errors: those of reading; NO_ANSWERS; DUPLICATE_ID; BAD_USAGE
 * for an unknown rule; INTERRUPTED if `signal` fired.
 */
export async function ballotsOf(
  answers: AnswerSource,
  read: ReadOptions,
  { scorer, with: rule, own = [], show = silent, signal }: BallotOptions,
): Promise<Ballots> {
  const given = rule === undefined ? undefined : labelWith(rule, own);
  const grouping = groupMaker(read.groupBy, read.mergeNear);
  const records: Pick<Ballot, 'asked' | 'candidates'>[] = [];
  const ids = seenTexts();
  const rules = new Set<string>();
  const bad: BadLine[] = [];
  const summary = newSummary();
  const shown = show('read', { unit: 'answers' });
  for await (const batch of readAnswers(answers, { ...read, summary })) {
    unlessAborted(signal);
    for (const [i, record] of batch.records.entries()) {
      if (!ids.add(record.id)) throw sameId(record.id, batch.file, batch.lines[i]);
      grouping.add(record);
      const made = ruleBehind(record, own);
      if (made !== null) rules.add(made?.name ?? '');
      const labeller = given ?? made ?? undefined;
      const probability = scorer === undefined ? undefined : await probabilities(scorer, record);
      const { prompt, messages } = record;
      records.push({ asked: { prompt, messages }, candidates: candidatesOf(record, { labeller, probability }) });
    }
    append(bad, batch.bad);
    shown.add(batch.records.length);
  }
  shown.done();
  if (records.length === 0) throw new VouchError('NO_ANSWERS', 'no answer was read');
  const { groups, notes } = grouping.finish();
  const ballots = new Map<string, Ballot>();
  records.forEach(({ asked, candidates }, i) => {
    const ballot = ballots.get(groups[i]);
    if (ballot === undefined) ballots.set(groups[i], { group: groups[i], asked, candidates });
    else append(ballot.candidates, candidates);
  });
  const all = [...notesOf(summary), ...notes];
  return { ballots: [...ballots.values()], answers: records.length, rules, bad, notes: all };
}

function sameId(id: string, file: string, line: number): VouchError {
  const hint = 'Its votes would count twice. Use another field as the id (--map id=FIELD), or remove one of them.';
  return new VouchError('DUPLICATE_ID', 'an earlier answer has the same id', {
    file,
    line,
    field: 'id',
    got: id,
    hint,
  });
}

async function probabilities(scorer: Scorer, record: AnswerRecord): Promise<(number | null)[]> {
  const texts = 1 + (record.samples?.length ?? 0);
  const scores = await scorer.scoreMany(Array.from({ length: texts }, (_, at) => asAnswer(record, at)));
  return scores.map(({ probability }) => probability);
}

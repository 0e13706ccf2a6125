import { groupMaker } from '../../data/group/maker.js';
import type { Labeller } from '../../data/label/labeller.js';
import { labelWith } from '../../data/label/list.js';
import { ruleBehind } from '../../data/label/rule-behind.js';
import type { AnswerSource } from '../../data/read/answer-source.js';
import { type BadLine, type ReadOptions, readAnswers } from '../../data/read/answers.js';
import { newSummary, notesOf } from '../../data/read/summary.js';
import type { AnswerRecord } from '../../data/record.js';
import { seenTexts } from '../../data/seen.js';
import { append } from '../../support/append.js';
import { VouchError } from '../../support/errors.js';
import { type ShowProgress, silent } from '../../support/progress.js';
import { unlessAborted } from '../../support/unless-aborted.js';

/** How answers are read that a rule may grade. */
export interface GradedOptions {
  /** The rule that grades all answers by references; absent: the rule that made the labels, else the labels. */
  with?: string;
  /** The labellers of plug-ins. */
  own?: readonly Labeller[];
  show?: ShowProgress;
  signal?: AbortSignal;
}

/** What was made of each answer, in order, with the question of each. */
interface GradedRead<T> {
  items: T[];
  groups: readonly string[];
  /** A hash of what is asked; null if unknown. */
  question: (row: number) => string | null;
  /** Names of the rules that made labels; '' stands for any other source. */
  rules: Set<string>;
  bad: BadLine[];
  notes: string[];
}

/**
 * Reads answers and makes `of` each record what is needed of it; it gets the rule that grades the record. Errors: those
 * of reading; NO_ANSWERS; DUPLICATE_ID; BAD_USAGE for an unknown rule; INTERRUPTED if `signal` fired.
 */
export async function readGraded<T>(
  answers: AnswerSource,
  read: ReadOptions,
  { with: rule, own = [], show = silent, signal }: GradedOptions,
  of: (record: AnswerRecord, labeller: Labeller | undefined) => T | Promise<T>,
): Promise<GradedRead<T>> {
  const given = rule === undefined ? undefined : labelWith(rule, own);
  const grouping = groupMaker(read.groupBy, read.mergeNear);
  const items: T[] = [];
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
      items.push(await of(record, given ?? made ?? undefined));
    }
    append(bad, batch.bad);
    shown.add(batch.records.length);
  }
  shown.done();
  if (items.length === 0) throw new VouchError('NO_ANSWERS', 'no answer was read');
  const { groups, notes, question } = grouping.finish();
  return { items, groups, question, rules, bad, notes: [...notesOf(summary), ...notes] };
}

function sameId(id: string, file: string, line: number): VouchError {
  const hint = 'It would count twice. Use another field as the id (--map id=FIELD), or remove one of them.';
  return new VouchError('DUPLICATE_ID', 'an earlier answer has the same id', {
    file,
    line,
    field: 'id',
    got: id,
    hint,
  });
}

import type { Labeller } from '../../data/label/labeller.js';
import { labelWith } from '../../data/label/list.js';
import { ruleBehind } from '../../data/label/rule-behind.js';
import type { AnswerSource } from '../../data/read/answer-source.js';
import { type BadLine, type ReadOptions, readAnswers } from '../../data/read/answers.js';
import { newSummary, notesOf } from '../../data/read/summary.js';
import { commonTopK } from '../../features/collect.js';
import type { Feature } from '../../features/feature.js';
import { append } from '../../support/append.js';
import { VouchError } from '../../support/errors.js';
import { type ShowProgress, silent } from '../../support/progress.js';
import { unlessAborted } from '../../support/unless-aborted.js';
import { type TrainingData, TrainingDataCollector } from '../prepare/training-data.js';
import { askedOf } from './asked.js';
import { type Graded, type GradedHow, gradedAnswer, gradedSamples, type LeftOut } from './graded.js';
import { joinedQuestions, promptKey } from './joined-questions.js';

export interface CollectHow extends GradedHow {
  /** The rule that grades samples; absent: the rule that made the labels of their record. */
  with?: string;
  /** The labellers and signals of plug-ins. */
  own?: readonly Labeller[];
  signals?: readonly Feature[];
  show?: ShowProgress;
  signal?: AbortSignal;
}

export interface Collected {
  graded: Graded[];
  leftOut: LeftOut[];
  /** The questions of all labelled answers, each once. The same for all kinds, so that they have the same test part. */
  questions: string[];
  /** Signals and labels of all labelled answers, and the rows in it of the answers that are in `graded`. */
  data: TrainingData;
  rows: Int32Array;
  answers: number;
  bad: BadLine[];
  notes: string[];
}

/**
 * Reads answers and takes those with a hard label. Questions that differ only in greetings, politeness, case and
 * punctuation are one question, also with `groupBy` and in several groups. Memory: the texts of all labelled answers.
 * Errors: those of reading; NO_ANSWERS; DUPLICATE_ID; BAD_USAGE for an unknown rule; INTERRUPTED if `signal` fired.
 */
export async function collect(answers: AnswerSource, read: ReadOptions, how: CollectHow): Promise<Collected> {
  const { own = [], signals, show = silent, signal } = how;
  const given = how.with === undefined ? undefined : labelWith(how.with, own);
  let collector: TrainingDataCollector | undefined;
  const collectorOf = (k: number) => new TrainingDataCollector(k, read.groupBy, null, true, { own: signals });
  const graded: Graded[] = [];
  const leftOut: LeftOut[] = [];
  const rowOf: number[] = [];
  const prompts: (string | null)[] = [];
  const bad: BadLine[] = [];
  const summary = newSummary();
  let count = 0;
  const take = (row: number, found: Graded | LeftOut) => {
    if ('why' in found) leftOut.push(found);
    else {
      graded.push(found);
      rowOf.push(row);
    }
  };
  const shown = show('read', { unit: 'answers' });
  for await (const batch of readAnswers(answers, { ...read, summary })) {
    unlessAborted(signal);
    collector ??= collectorOf(commonTopK(batch.records));
    for (const [i, record] of batch.records.entries()) {
      count++;
      if (!collector.add(record, batch.file, batch.lines[i])) {
        leftOut.push({ id: record.id, why: 'no label' });
        continue;
      }
      const asked = askedOf(record);
      const row = prompts.length;
      prompts.push('why' in asked ? null : promptKey(asked.turns));
      take(row, gradedAnswer(record, asked, how));
      const labeller = given ?? ruleBehind(record, own) ?? undefined;
      if (!how.samples || labeller === undefined) continue;
      for (const sample of gradedSamples(record, asked, { ...how, labeller })) take(row, sample);
    }
    append(bad, batch.bad);
    shown.add(batch.records.length);
  }
  shown.done();
  if (count === 0) throw new VouchError('NO_ANSWERS', 'no answer was read');
  const data = joinedQuestions((collector as TrainingDataCollector).finish(), prompts);
  graded.forEach((each, i) => {
    each.group = data.groups[rowOf[i]];
  });
  return {
    ...{ graded, leftOut, data, bad, answers: count },
    questions: [...new Set(data.groups)],
    rows: Int32Array.from(new Set(rowOf)),
    notes: [...notesOf(summary), ...(data.groupNotes ?? [])],
  };
}

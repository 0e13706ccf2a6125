import { groupMaker } from '../../data/group/maker.js';
import { labelOf } from '../../data/label-of.js';
import type { AnswerSource } from '../../data/read/answer-source.js';
import { type BadLine, type ReadOptions, readAnswers } from '../../data/read/answers.js';
import type { AnswerRecord } from '../../data/record.js';
import { append } from '../../support/append.js';
import { VouchError } from '../../support/errors.js';
import { type ShowProgress, silent } from '../../support/progress.js';
import { unlessAborted } from '../../support/unless-aborted.js';
import { thousands } from '../../support/words/thousands.js';

/** Graded answers with their texts, as a tuned encoder needs them. */
interface GradedAnswers {
  records: AnswerRecord[];
  /** Labels in [0, 1], and weights with mean 1. */
  y: Float64Array;
  w: Float64Array;
  groups: string[];
  /** Model and task of each answer. */
  strata: string[];
  bad: BadLine[];
}

/** The fewest questions that are tuned on. */
const FEWEST_QUESTIONS = 20;

/**
 * Reads the answers with a label. Memory: all of them. Errors: those of reading; NO_LABELS, ONE_CLASS, TOO_FEW_LABELS;
 * INTERRUPTED if `signal` fired.
 */
export async function gradedAnswers(
  answers: AnswerSource,
  read: ReadOptions,
  { show = silent, signal }: { show?: ShowProgress; signal?: AbortSignal },
): Promise<GradedAnswers> {
  const maker = groupMaker(read.groupBy);
  const records: AnswerRecord[] = [];
  const labels: { value: number; weight: number }[] = [];
  const bad: BadLine[] = [];
  const shown = show('read', { unit: 'answers' });
  for await (const batch of readAnswers(answers, read)) {
    unlessAborted(signal);
    for (const record of batch.records) {
      const label = labelOf(record);
      if (label === null) continue;
      maker.add(record);
      records.push(record);
      labels.push(label);
    }
    append(bad, batch.bad);
    shown.add(batch.records.length);
  }
  shown.done();
  if (records.length === 0) throw new VouchError('NO_LABELS', 'no answer has a label', { field: 'labels' });
  if (labels.every(({ value }) => value === labels[0].value))
    throw new VouchError(
      'ONE_CLASS',
      `all ${thousands(labels.length)} labels are the same, so there is nothing to learn`,
    );
  const { groups } = maker.finish();
  const questions = new Set(groups).size;
  if (questions < FEWEST_QUESTIONS) {
    const detail = { expected: `${FEWEST_QUESTIONS} questions or more`, got: questions };
    throw new VouchError('TOO_FEW_LABELS', 'too few questions to tune an encoder on', detail);
  }
  const mean = labels.reduce((sum, { weight }) => sum + weight, 0) / labels.length;
  return {
    records,
    y: Float64Array.from(labels, ({ value }) => value),
    w: Float64Array.from(labels, ({ weight }) => weight / mean),
    groups: [...groups],
    strata: records.map(({ model, task }) => `${model ?? ''}\n${task ?? ''}`),
    bad,
  };
}

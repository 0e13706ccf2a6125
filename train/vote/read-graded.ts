import type { Labeller } from '../../data/label/labeller.js';
import { labelWith } from '../../data/label/list.js';
import { ruleBehind } from '../../data/label/rule-behind.js';
import type { AnswerSource } from '../../data/read/answer-source.js';
import type { ReadOptions } from '../../data/read/answers.js';
import { type ReadAll, readAll } from '../../data/read/read-all.js';
import type { AnswerRecord } from '../../data/record.js';
import type { ShowProgress } from '../../support/progress.js';

/** How answers are read that a rule may grade. */
export interface GradedOptions {
  /** The rule that grades all answers by references; absent: the rule that made the labels, else the labels. */
  with?: string;
  /** The labellers of plug-ins. */
  own?: readonly Labeller[];
  show?: ShowProgress;
  signal?: AbortSignal;
}

interface GradedRead<T> extends ReadAll<T> {
  /** Names of the rules that made labels; '' stands for any other source. */
  rules: Set<string>;
}

/**
 * Reads answers and makes `of` each record what is needed of it; it gets the rule that grades the record. Errors: those
 * of `readAll`; BAD_USAGE for an unknown rule.
 */
export async function readGraded<T>(
  answers: AnswerSource,
  read: ReadOptions,
  { with: rule, own = [], ...how }: GradedOptions,
  of: (record: AnswerRecord, labeller: Labeller | undefined) => T | Promise<T>,
): Promise<GradedRead<T>> {
  const given = rule === undefined ? undefined : labelWith(rule, own);
  const rules = new Set<string>();
  const found = await readAll(answers, read, how, (record) => {
    const made = ruleBehind(record, own);
    if (made !== null) rules.add(made?.name ?? '');
    return of(record, given ?? made ?? undefined);
  });
  return { ...found, rules };
}

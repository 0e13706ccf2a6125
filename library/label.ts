import { pluginLabellers } from '../data/label/define-labeller.js';
import { labelRecord, newLabelled, type LabelOptions as Rule } from '../data/label/label-record.js';
import { labelWith } from '../data/label/list.js';
import type { AnswerSource } from '../data/read/answer-source.js';
import type { AnswerRecord } from '../data/record.js';
import { VouchError } from '../support/errors.js';
import { openPlugins } from '../support/plugins/open-plugins.js';
import { type ReadAnswersOptions, readAnswers } from './read-answers.js';
import { Streamed } from './streamed.js';

/**
 * Options of `label`: `with` names the rule; `withField` names the field that holds the rule of each answer; labels of
 * at least `threshold` become 1, others 0.
 */
export interface LabelOptions extends Omit<Rule, 'own'>, ReadAnswersOptions {
  /** Called at the end with counts: answers, labelled, right, and how often the rule agrees with people. */
  onCounts?: (counts: ReturnType<typeof newLabelled>) => void;
}

/**
 * Grades answers with a rule that compares them with their references (`exactMatch`, `containedAlias`, `numeric`,
 * `choiceLetter`, `tokenF1`). The result is the records, each with one more entry in `labels` if the rule could grade
 * it. `await` gives an array, `for await` one record at a time. Errors: BAD_USAGE for an unknown rule; those of
 * reading.
 */
export function label(answers: AnswerSource, options: LabelOptions): Streamed<AnswerRecord> {
  if (options.with === undefined && options.withField === undefined) {
    throw new VouchError('BAD_USAGE', 'no rule is given', { field: 'with' });
  }
  if (options.with !== undefined && options.plugins === undefined) labelWith(options.with);
  return new Streamed(() => labelled(answers, options));
}

async function* labelled(
  answers: AnswerSource,
  { onCounts, with: name, withField, threshold, ...reading }: LabelOptions,
): AsyncGenerator<AnswerRecord> {
  const own = pluginLabellers(await openPlugins(reading.plugins));
  if (name !== undefined) labelWith(name, own);
  const counts = newLabelled();
  for await (const record of readAnswers(answers, {
    ...reading,
    labelRules: { several: 'keep', ...reading.labelRules },
  })) {
    labelRecord(record, { with: name, withField, threshold, own }, counts);
    yield record;
  }
  onCounts?.(counts);
}

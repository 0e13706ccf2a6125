import { gradeRows } from '../../data/grades/grade-rows.js';
import type { LabelRules } from '../../data/grades/rules.js';
import { type BadLine, type Row, textOf } from '../../data/read/row.js';
import { objectOf } from '../../data/read/table/fields.js';
import { VouchError } from '../../support/errors.js';
import { checkFeedback } from './check.js';
import type { Feedback } from './feedback.js';
import { queueVerdict } from './queue-row.js';
import { evaluations, langfuseScore } from './scores.js';

interface ReadFeedback {
  badLines: 'stop' | 'skip';
  rules: LabelRules;
  /** Gets each line that was left out. */
  bad(line: BadLine): void;
  /** Called for each row that says nothing: a row of a queue without a label, other OpenTelemetry logs. */
  silent?(): void;
}

/**
 * Reads a file of feedback, in batches: JSON Lines, JSON, CSV or Parquet with the fields of POST /v1/feedback; scores
 * of Langfuse; events `gen_ai.evaluation.result` of OpenTelemetry; a filled-in queue of `vouch monitor`. Errors:
 * BAD_FEEDBACK, BAD_LABEL, TOO_LARGE with file and line, unless bad lines are skipped; those of reading a file.
 */
export async function* readFeedback(
  file: string,
  { badLines, rules, bad, silent }: ReadFeedback,
): AsyncGenerator<Feedback[]> {
  for await (const rows of gradeRows(file)) {
    const read: Feedback[] = [];
    for (const row of rows) {
      try {
        const said = feedbackIn(row, file, rules);
        for (const each of said) read.push(each);
        if (said.length === 0) silent?.();
      } catch (error) {
        if (!(error instanceof VouchError) || badLines === 'stop') throw error;
        bad({ file, line: row.line, text: textOf(row), error });
      }
    }
    if (read.length > 0) yield read;
  }
}

function feedbackIn(row: Row, file: string, rules: LabelRules): Feedback[] {
  if (row.error !== undefined) throw row.error;
  const at = { file, line: row.line };
  const fields = objectOf(row.value);
  if (fields !== null) {
    const events = evaluations(fields, { at, rules });
    if (events !== null) return events;
    const score = langfuseScore(fields, { at, rules });
    if (score !== null) return [score];
  }
  try {
    return (fields === null ? null : queueVerdict(fields)) ?? checkFeedback(fields ?? row.value);
  } catch (error) {
    throw error instanceof VouchError ? error.at(file, row.line) : error;
  }
}

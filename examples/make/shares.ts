import { labelOf } from '../../data/label-of.js';
import type { AnswerRecord } from '../../data/record.js';

/** The number of answers and questions of a kind, and the share of its answers that is right. */
export interface Share {
  task: string;
  answers: number;
  groups: number;
  right: number;
}

/** Counts by kind, in order of first appearance, then for all kinds together. */
export function shares(records: readonly AnswerRecord[]): Share[] {
  const tasks = [...new Set(records.map((record) => record.task ?? ''))];
  return [
    ...tasks.map((task) =>
      share(
        task,
        records.filter((record) => (record.task ?? '') === task),
      ),
    ),
    share('all', records),
  ];
}

function share(task: string, records: readonly AnswerRecord[]): Share {
  const right = records.reduce((sum, record) => sum + (labelOf(record)?.value ?? 0), 0);
  const groups = new Set(records.map((record) => record.group)).size;
  return { task, answers: records.length, groups, right: right / records.length };
}

/** The counts as the Markdown table of the README. */
export function table(rows: readonly Share[]): string {
  const lines = rows.map(
    (row) => `| ${row.task} | ${row.answers} | ${row.groups} | ${(100 * row.right).toFixed(1)}% |`,
  );
  return ['| kind | answers | questions | right |', '| --- | ---: | ---: | ---: |', ...lines].join('\n');
}

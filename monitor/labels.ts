import { joinOf, withoutGuard } from '../data/grades/grade-key.js';
import { readGrades } from '../data/grades/read-grades.js';
import type { LabelRules } from '../data/grades/rules.js';
import { labelOf } from '../data/label-of.js';
import type { BadLine } from '../data/read/row.js';
import { plural } from '../support/words/plural.js';

interface ReadLabels {
  labels: Map<string, number>;
  bad: BadLine[];
  /** What is missing in a file without any label; null if it has some. */
  note: string | null;
}

/**
 * The labels of a file by the id of the answer: a queue that people filled in, feedback, or scores of Langfuse (by
 * observation, else by trace). Rows without a label are passed over; several labels of one answer are averaged as
 * always, people first. Errors: those of `readGrades`.
 */
export async function readLabels(
  file: string,
  { rules, badLines }: { rules: LabelRules; badLines: 'stop' | 'skip' },
): Promise<ReadLabels> {
  const { all, ungraded, bad } = await readGrades(file, { join: joinOf(undefined), badLines, rules });
  const labels = new Map<string, number>();
  for (const { key, labels: given } of all) {
    const label = labelOf({ id: key, answer: '', labels: given });
    if (label !== null) labels.set(withoutGuard(key), label.value);
  }
  return { labels, bad, note: labels.size > 0 || bad.length > 0 ? null : withoutLabels(file, ungraded) };
}

function withoutLabels(file: string, rows: number): string {
  const what = rows === 0 ? 'the file of labels has no rows' : `no row has a label (${plural(rows, 'row')})`;
  return `${file}: ${what}`;
}

import type { Graded } from './graded.js';

/** Markdown: for each grader the share it calls right, its agreement with people where they graded, and with each other grader. */
export function agreementTable(rows: Graded[]): string {
  const names = Object.keys(rows[0].grades);
  const judged = rows.filter(({ human }) => human !== undefined);
  const share = (some: Graded[], is: (row: Graded) => boolean) =>
    some.length === 0 ? '–' : `${((100 * some.filter(is).length) / some.length).toFixed(1)}%`;
  const marks = names.map((_, i) => String(i + 1));
  const lines = names.map((name, i) => [
    `${marks[i]} ${name}`,
    share(rows, ({ grades }) => grades[name] === 1),
    share(judged, ({ grades, human }) => grades[name] === human),
    share(
      judged.filter(({ human }) => human === 0),
      ({ grades }) => grades[name] === 1,
    ),
    share(
      judged.filter(({ human }) => human === 1),
      ({ grades }) => grades[name] === 0,
    ),
    ...names.map((other) => (other === name ? '' : share(rows, ({ grades }) => grades[name] === grades[other]))),
  ]);
  const head = ['grader', 'right', 'as people', 'wrong called right', 'right called wrong', ...marks];
  const rule = head.map((_, i) => (i === 0 ? '---' : '---:'));
  return [head, rule, ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

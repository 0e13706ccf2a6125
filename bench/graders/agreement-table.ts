import type { Graded } from './graded.js';

/**
 * Markdown: per grader, the share that it grades as right, and its agreement with people and with each other grader.
 */
export function agreementTable(rows: Graded[]): string {
  const names = Object.keys(rows[0].grades);
  const marks = names.map((_, i) => String(i + 1));
  const lines = names.map((name, i) => {
    const told = rows.filter(({ grades }) => grades[name] !== null);
    const judged = told.filter(({ human }) => human !== undefined);
    const [wrong, right] = [0, 1].map((label) => judged.filter(({ human }) => human === label));
    return [
      `${marks[i]} ${name}`,
      String(told.length),
      share(told, ({ grades }) => grades[name] === 1),
      share(judged, ({ grades, human }) => grades[name] === human),
      share(wrong, ({ grades }) => grades[name] === 1),
      share(right, ({ grades }) => grades[name] === 0),
      ...names.map((other) => {
        const both = told.filter(({ grades }) => grades[other] !== null);
        return other === name ? '' : share(both, ({ grades }) => grades[name] === grades[other]);
      }),
    ];
  });
  const head = ['grader', 'graded', 'right', 'as people', 'wrong called right', 'right called wrong', ...marks];
  const rule = head.map((_, i) => (i === 0 ? '---' : '---:'));
  return [head, rule, ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function share(rows: Graded[], is: (row: Graded) => boolean): string {
  return rows.length === 0 ? '–' : `${((100 * rows.filter(is).length) / rows.length).toFixed(1)}%`;
}

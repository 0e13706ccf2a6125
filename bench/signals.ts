/**
 * The worth of each signal alone, on real labelled answers: AUROC over all answers and within each model and task, with
 * missing values replaced by the median. It reads only four fifths of the questions, chosen by a hash, so that signals
 * improved with this table can still be judged on the rest. `npx tsx bench/signals.ts ANSWERS… --labels FILE [--top
 * 40]`.
 */
import { createHash } from 'node:crypto';
import { parseArgs } from 'node:util';
import { groupOf } from '../data/group.js';
import { labelOf } from '../data/label-of.js';
import { readAnswers } from '../data/read/answers.js';
import type { AnswerRecord } from '../data/record.js';
import { commonTopK, SignalCollector } from '../features/collect.js';
import { auroc } from '../metrics/ranking/auroc.js';
import { aurocWithin } from '../metrics/ranking/auroc-within.js';

const { values, positionals } = parseArgs({
  options: {
    labels: { type: 'string' },
    on: { type: 'string', default: 'id' },
    top: { type: 'string', default: '1000' },
  },
  allowPositionals: true,
});

/** Whether a question is among the four fifths that are read. */
function isLookedAt(group: string): boolean {
  return createHash('sha256').update(group).digest()[0] % 5 !== 0;
}

const { labels: grades, on } = values;
let collector: SignalCollector | undefined;
const labels: number[] = [];
const cells: number[] = [];
const cellNames = new Map<string, number>();
for await (const { records } of readAnswers(positionals, {
  labels: grades,
  on: grades === undefined ? undefined : on,
})) {
  collector ??= new SignalCollector(commonTopK(records));
  for (const record of records) add(collector, record);
}
if (collector === undefined) throw new Error('no answers');

function add(into: SignalCollector, record: AnswerRecord): void {
  const label = labelOf(record);
  if (label === null || !isLookedAt(groupOf(record))) return;
  into.add(record);
  labels.push(label.value);
  const cell = `${record.model} ${record.task}`;
  if (!cellNames.has(cell)) cellNames.set(cell, cellNames.size);
  cells.push(cellNames.get(cell)!);
}

const y = Float64Array.from(labels);
const cell = Int32Array.from(cells);
const { columns } = collector.finish();
const rows = [...columns]
  .map(([name, column]) => {
    const known = column.filter((value) => !Number.isNaN(value)).sort();
    const middle = known[known.length >> 1];
    const filled = column.map((value) => (Number.isNaN(value) ? middle : value));
    const varies = known.length > 0 && known[0] !== known[known.length - 1];
    return {
      name,
      recorded: known.length / column.length,
      varies,
      all: auroc(filled, y),
      within: aurocWithin(filled, y, cell),
    };
  })
  .filter(({ varies }) => varies)
  .sort((a, b) => Math.abs(b.within - 0.5) - Math.abs(a.within - 0.5));

const right = y.reduce((sum, value) => sum + value, 0) / y.length;
console.log(
  `${y.length} answers, ${(100 * right).toFixed(1)}% right, ${cellNames.size} (model, task), ${rows.length} ` +
    'signals that vary\n',
);
console.log(`${'signal'.padEnd(40)}${'recorded'.padStart(9)}${'AUROC'.padStart(8)}${'within'.padStart(8)}`);
for (const { name, recorded, all, within } of rows.slice(0, Number(values.top))) {
  console.log(
    `${name.padEnd(40)}${recorded.toFixed(2).padStart(9)}${all.toFixed(3).padStart(8)}${within.toFixed(3).padStart(8)}`,
  );
}

import { readFileSync } from 'node:fs';
import { openParquet } from '../../data/read/parquet/parquet-rows.js';
import { numbered } from '../../support/numbered.js';
import type { TrainingData } from '../../train/prepare/training-data.js';

/** A simulated table: what vouch trains on, the same table for peers, and the probability behind each label. */
export interface Simulated {
  data: TrainingData;
  table: string;
  truth: Float64Array;
}

const NOT_SIGNALS = new Set(['id', 'group', 'label']);
const CATEGORIES = ['model', 'task'];

/** Reads a table that `simulate.py` wrote. The signals are those of its columns, and nothing else is known of a row. */
export async function readSimulated(table: string): Promise<Simulated> {
  const { columns: names, rows: slices, close } = await openParquet(table);
  const rows: Record<string, unknown>[] = [];
  for await (const { rows: slice } of slices()) {
    for (const { value } of slice) rows.push(value as Record<string, unknown>);
  }
  await close();
  const texts = (name: string) => rows.map((row) => String(row[name]));
  const numbers = (name: string) =>
    Float64Array.from(rows, ({ [name]: value }) => (typeof value === 'number' ? value : Number.NaN));
  const signals = names.filter((name) => !NOT_SIGNALS.has(name) && !CATEGORIES.includes(name));
  const [groups, model, task] = ['group', ...CATEGORIES].map(texts);
  const group = numbered(groups);
  const slice = numbered(model.map((name, i) => `${name} · ${task[i]}`));
  const data: Partial<TrainingData> = {
    n: rows.length,
    ids: texts('id'),
    groups,
    group: group.index,
    groupCount: group.names.length,
    y: numbers('label'),
    w: new Float64Array(rows.length).fill(1),
    slice: slice.index,
    sliceNames: slice.names,
    words: null,
    topK: 0,
    signals: {
      n: rows.length,
      names: signals.map(ownName),
      columns: new Map(signals.map((name) => [ownName(name), numbers(name)])),
      categories: new Map([
        ['model', model],
        ['task', task],
      ]),
      words: null,
      optionSaid: new Array(rows.length).fill(null),
      recorded: new Int32Array(rows.length),
      recordedSets: [signals],
      refused: 0,
    },
  };
  const truth = readFileSync(`${table}.truth`);
  return { data: data as TrainingData, table, truth: new Float64Array(Uint8Array.from(truth).buffer) };
}

/** A column as one of the user's own numbers: with its name in `vouch features`, it would be computed from an answer. */
function ownName(column: string): string {
  return `features.${column.replaceAll('.', ' ')}@1`;
}

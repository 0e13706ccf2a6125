import { type ColumnTable, table } from 'arquero';
import { groupOf } from '../data/group.js';
import { labelOf } from '../data/label-of.js';
import type { Answer } from '../data/token-list.js';
import { commonTopK, SignalCollector } from './collect.js';
import { plainName } from './row.js';

/** What a table of signals is made with. `topK` is by default the most common one among the records. */
export interface TableOptions {
  topK?: number;
  groupBy?: string;
}

/** Columns before the signals: `label` only where some record has one. */
export const leadingColumns = ['id', 'group', 'model', 'task', 'label'] as const;

/** Gathers records into a table of signals: an arquero table with id, group, model, task, label (if any), then signals. */
export class TableBuilder {
  readonly #signals: SignalCollector;
  readonly #ids: string[] = [];
  readonly #groups: string[] = [];
  readonly #labels: number[] = [];
  #labelled = false;

  constructor(
    topK: number,
    readonly groupBy?: string,
  ) {
    this.#signals = new SignalCollector(topK);
  }

  add(record: Answer): void {
    const verdict = labelOf(record);
    this.#ids.push(record.id);
    this.#groups.push(groupOf(record, this.groupBy));
    this.#labels.push(verdict === null ? NaN : verdict.value);
    if (verdict !== null) this.#labelled = true;
    this.#signals.add(record);
  }

  /** The table; numbers not recorded are NaN, texts null. Signals go by their names without version. */
  finish(): ColumnTable {
    const { columns, categories } = this.#signals.finish();
    const all: [string, ArrayLike<unknown>][] = [
      ['id', this.#ids],
      ['group', this.#groups],
      ['model', categories.get('model')!],
      ['task', categories.get('task')!],
    ];
    if (this.#labelled) all.push(['label', Float64Array.from(this.#labels)]);
    for (const [name, values] of categories) {
      // a feature that is now a number, now a text has a column of each
      if (name !== 'model' && name !== 'task') all.push([columns.has(`${name}@1`) ? `${name}.text` : name, values]);
    }
    for (const [name, values] of columns) all.push([plainName(name), values]);
    return table(all);
  }
}

/** The signals of records as one arquero table. */
export function tableOf(records: readonly Answer[], { topK, groupBy }: TableOptions = {}): ColumnTable {
  const builder = new TableBuilder(topK ?? commonTopK(records), groupBy);
  for (const record of records) builder.add(record);
  return builder.finish();
}

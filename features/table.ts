import { type ColumnTable, table } from 'arquero';
import { groupMaker } from '../data/group/maker.js';
import { labelOf } from '../data/label-of.js';
import type { Answer } from '../data/token-list.js';
import { SignalCollector } from './collect.js';
import type { Feature } from './feature.js';
import { plainName } from './row.js';

/**
 * Collects records into an arquero table with id, group, model, task, label (if any record has one), then the signals.
 */
export class TableBuilder {
  readonly #signals: SignalCollector;
  readonly #ids: string[] = [];
  readonly #grouped;
  /** What could not be determined about the groups; set by `finish`. */
  notes: string[] = [];
  readonly #labels: number[] = [];
  #labelled = false;

  constructor(topK: number, groupBy?: string, mergeNear?: boolean, own: readonly Feature[] = []) {
    this.#grouped = groupMaker(groupBy, mergeNear);
    this.#signals = new SignalCollector(topK, null, own);
  }

  add(record: Answer): void {
    const verdict = labelOf(record);
    this.#ids.push(record.id);
    this.#grouped.add(record);
    this.#labels.push(verdict === null ? NaN : verdict.value);
    if (verdict !== null) this.#labelled = true;
    this.#signals.add(record);
  }

  /** The table. Missing numbers are NaN, missing texts null. Columns of signals are named without version. */
  finish(): ColumnTable {
    const { columns, categories } = this.#signals.finish();
    const { groups, notes } = this.#grouped.finish();
    this.notes = notes;
    const all: [string, ArrayLike<unknown>][] = [
      ['id', this.#ids],
      ['group', groups],
      ['model', categories.get('model')!],
      ['task', categories.get('task')!],
    ];
    if (this.#labelled) all.push(['label', Float64Array.from(this.#labels)]);
    for (const [name, values] of categories) {
      // a feature with numbers in some records and texts in others gets a column for each
      if (name !== 'model' && name !== 'task') all.push([columns.has(`${name}@1`) ? `${name}.text` : name, values]);
    }
    for (const [name, values] of columns) all.push([plainName(name), values]);
    return table(all);
  }
}

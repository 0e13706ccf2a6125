import { labelOf } from '../../data/label-of.js';
import type { Answer } from '../../data/token-list.js';
import { append } from '../../support/append.js';
import { categoryReader } from '../categories.js';
import type { Feature } from '../feature.js';
import { plainName, rowMaker } from '../row.js';
import { makeView } from '../view.js';
import type { TablePlan } from './discover.js';
import { type ColumnSpec, FRAME_ROWS, type Frame } from './frame.js';

type Column = Frame['columns'][number];

/** Turns records into frames: id, group, model, task, label (if any), further texts, then signals. */
export class Framer {
  readonly columns: ColumnSpec[];
  readonly #texts;
  readonly #rows;
  readonly #view;
  readonly #row: Float64Array;
  #n = 0;
  /** Number of records in all frames so far. */
  #taken = 0;
  #ids: string[] = [];
  #groups: string[] = [];
  #textColumns: (string | null)[][];
  readonly #labels = new Float64Array(FRAME_ROWS);
  readonly #signals: Float64Array[];

  constructor(
    readonly plan: TablePlan,
    /** The group of every record, in the order in which the records come. */
    readonly groups: readonly string[],
    /** The signals of plug-ins. */
    own: readonly Feature[] = [],
  ) {
    this.#rows = rowMaker({ topK: plan.topK, numeric: plan.numeric, categorical: [] }, own);
    this.#view = makeView(0);
    this.#texts = plan.texts.map((name) => categoryReader(name)!);
    this.#textColumns = plan.texts.map(() => []);
    this.#row = new Float64Array(plan.numeric.length);
    this.#signals = plan.numeric.map(() => new Float64Array(FRAME_ROWS));
    this.columns = columnsOf(plan);
  }

  /** Adds a record. Returns a frame when it is full. */
  add(record: Answer): Frame | undefined {
    const at = this.#n++;
    this.#ids.push(record.id);
    this.#groups.push(this.groups[this.#taken++]);
    this.#view.load(record);
    for (let t = 0; t < this.#texts.length; t++) this.#textColumns[t].push(this.#texts[t](record, this.#view));
    this.#labels[at] = labelOf(record)?.value ?? NaN;
    this.#rows.row(record, this.#row, 0, NO_CATEGORIES, 0);
    for (let s = 0; s < this.#signals.length; s++) this.#signals[s][at] = this.#row[s];
    return this.#n === FRAME_ROWS ? this.rest() : undefined;
  }

  /** The remaining rows as the last frame; undefined if there are none. */
  rest(): Frame | undefined {
    const n = this.#n;
    if (n === 0) return undefined;
    const [model, task, ...further] = this.#textColumns;
    const columns: Column[] = [this.#ids, this.#groups, model, task];
    if (this.plan.labelled) columns.push(this.#labels.slice(0, n));
    append(columns, [...further, ...this.#signals.map((values) => values.slice(0, n))]);
    this.#ids = [];
    this.#groups = [];
    this.#textColumns = this.#textColumns.map(() => []);
    this.#n = 0;
    return { n, columns };
  }
}

const NO_CATEGORIES = new Int32Array(0);

/** The columns in order. A user's feature with numbers in some records and texts in others has a column for each. */
function columnsOf({ labelled, numeric, texts }: TablePlan): ColumnSpec[] {
  const numbers = numeric.map(plainName);
  const [model, task, ...further] = texts;
  const text = (name: string): ColumnSpec => ({ name: numbers.includes(name) ? `${name}.text` : name, type: 'text' });
  return [
    ...['id', 'group', model, task].map(text),
    ...(labelled ? [{ name: 'label', type: 'number' } as const] : []),
    ...further.map(text),
    ...numbers.map((name): ColumnSpec => ({ name, type: 'number' })),
  ];
}

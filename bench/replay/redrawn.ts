import { HASHES, MARKS, SKETCH } from '../../train/examine/suspect/fingerprint.js';
import type { Prints } from '../../train/examine/suspect/prints.js';
import type { TrainingData } from '../../train/prepare/training-data.js';

/** Some answers of the data with new labels, weight 1 and these numeric signals, in the form that training collects. */
export interface Redrawing {
  rows: Int32Array;
  label: ArrayLike<number>;
  signals: readonly string[];
}

export function redrawn(data: TrainingData, { rows, label, signals: names }: Redrawing): TrainingData {
  const of = <T>(values: readonly T[]): T[] => Array.from(rows, (row) => values[row]);
  const number = new Map<number, number>();
  const group = rows.map((row) => {
    const known = number.get(data.group[row]) ?? number.size;
    number.set(data.group[row], known);
    return known;
  });
  const { columns, categories, optionSaid, recorded, ...signals } = data.signals;
  return {
    ...data,
    n: rows.length,
    ids: of(data.ids),
    groups: of(data.groups),
    group,
    groupCount: number.size,
    y: Float64Array.from(label),
    w: new Float64Array(rows.length).fill(1),
    human: of(data.human),
    automatic: new Float64Array(rows.length).fill(Number.NaN),
    model: of(data.model),
    task: of(data.task),
    slice: rows.map((row) => data.slice[row]),
    pattern: of(data.pattern),
    selected: of(data.selected),
    time: of(data.time),
    signals: {
      ...signals,
      n: rows.length,
      names: [...names],
      columns: new Map(names.map((name) => [name, Float64Array.from(rows, (row) => columns.get(name)![row])])),
      categories: new Map([...categories].map(([name, values]) => [name, of(values)])),
      optionSaid: of(optionSaid),
      recorded: rows.map((row) => recorded[row]),
      words: null,
    },
    words: null,
    choices: undefined,
    prints: printsOf(data.prints, rows),
    ...(data.questions === undefined ? {} : { questions: of(data.questions) }),
  };
}

function printsOf({ hashes, marks, sketch }: Prints, rows: Int32Array): Prints {
  const of = (values: ArrayLike<number>, size: number) =>
    Array.from(rows).flatMap((row) => Array.from({ length: size }, (_, k) => values[row * size + k]));
  return {
    n: rows.length,
    hashes: Float64Array.from(of(hashes, HASHES)),
    marks: Int32Array.from(of(marks, MARKS)),
    sketch: Uint8Array.from(of(sketch, SKETCH)),
  };
}

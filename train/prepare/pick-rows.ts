import type { SignalColumns } from '../../features/collect.js';
import type { Vectors } from '../../features/vectors/collect-vectors.js';
import { pickVectors } from '../../features/vectors/vector-rows.js';
import { HASHES, MARKS, SKETCH } from '../examine/suspect/fingerprint.js';
import type { TrainingData } from './training-data.js';

/** The given rows of the data, in the given order, with new group numbers. */
export function pickRows(data: TrainingData, rows: Int32Array): TrainingData {
  const of = <T>(values: readonly T[]): T[] => Array.from(rows, (row) => values[row]);
  const numbers = (values: Float64Array) => Float64Array.from(rows, (row) => values[row]);
  const index = new Map<number, number>();
  const group = rows.map((row) => {
    const known = index.get(data.group[row]) ?? index.size;
    index.set(data.group[row], known);
    return known;
  });
  const { prints, choices } = data;
  const place = new Map(Array.from(rows, (row, i) => [row, i]));
  const kept = choices === undefined ? [] : [...choices.row.keys()].filter((i) => place.has(choices.row[i]));
  return {
    ...data,
    n: rows.length,
    ids: of(data.ids),
    groups: of(data.groups),
    ...(data.questions === undefined ? {} : { questions: of(data.questions) }),
    group,
    groupCount: index.size,
    y: numbers(data.y),
    w: numbers(data.w),
    human: of(data.human),
    automatic: numbers(data.automatic),
    ratings: undefined,
    model: of(data.model),
    task: of(data.task),
    slice: rows.map((row) => data.slice[row]),
    pattern: of(data.pattern),
    time: of(data.time),
    selected: of(data.selected),
    signals: pickSignals(data.signals, rows, numbers, data.words?.length ?? 0),
    choices:
      choices === undefined || kept.length === 0
        ? undefined
        : {
            row: Int32Array.from(kept, (i) => place.get(choices.row[i]) as number),
            probability: Float64Array.from(kept, (i) => choices.probability[i]),
            right: Float64Array.from(kept, (i) => choices.right[i]),
          },
    prints: {
      n: rows.length,
      hashes: blocks(prints.hashes, rows, HASHES, new Float64Array(rows.length * HASHES)),
      marks: blocks(prints.marks, rows, MARKS, new Int32Array(rows.length * MARKS)),
      sketch: blocks(prints.sketch, rows, SKETCH, new Uint8Array(rows.length * SKETCH)),
    },
  };
}

function pickSignals(
  signals: SignalColumns,
  rows: Int32Array,
  numbers: (values: Float64Array) => Float64Array,
  words: number,
): SignalColumns {
  const of = <T>(values: readonly T[]): T[] => Array.from(rows, (row) => values[row]);
  return {
    ...signals,
    n: rows.length,
    columns: new Map([...signals.columns].map(([name, values]) => [name, numbers(values)])),
    categories: new Map([...signals.categories].map(([name, values]) => [name, of(values)])),
    words: signals.words && blocks(signals.words, rows, words, new Int32Array(rows.length * words)),
    vectors: signals.vectors == null ? null : picked(signals.vectors, rows),
    optionSaid: of(signals.optionSaid),
    recorded: rows.map((row) => signals.recorded[row]),
  };
}

function picked({ shapes, values }: Vectors, rows: Int32Array): Vectors {
  return { shapes, values: shapes.map(({ size }, k) => pickVectors(values[k], size, rows)) };
}

/** The given rows of a matrix whose rows have `width` values. */
function blocks<T extends Float64Array | Float32Array | Int32Array | Uint8Array>(
  from: T,
  rows: Int32Array,
  width: number,
  into: T,
): T {
  rows.forEach((row, i) => {
    into.set(from.subarray(row * width, (row + 1) * width), i * width);
  });
  return into;
}

import type { TrainingData } from './data.js';

/** The rows of `rows` with a pattern of signals, as places in `rows`. */
export function patternsOf(data: TrainingData, rows: Int32Array): Map<string, Int32Array> {
  const places = new Map<string, number[]>();
  rows.forEach((row, i) => {
    const list = places.get(data.pattern[row]);
    if (list === undefined) places.set(data.pattern[row], [i]);
    else list.push(i);
  });
  return new Map([...places].map(([pattern, list]) => [pattern, Int32Array.from(list)]));
}

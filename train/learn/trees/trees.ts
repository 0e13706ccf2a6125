import type { Encoder } from '../../../models/encoder.js';
import { oneHotRows, oneHotWidth } from '../../../models/one-hots.js';
import type { Trees } from '../../../models/trees/trees.js';
import { random } from '../../../support/random.js';
import type { BoostOptions } from '../../options.js';
import { type Sheet, signalRows } from '../sheet.js';
import type { Watching } from '../watching.js';
import { fitTrees } from './fit-trees.js';

/** Boosted trees, fitted on `rows`: `boost.most` of them, fewer where the log-loss of `watch` (other questions) no longer falls. */
export interface TreesJob {
  kind: 'trees';
  rows: Int32Array;
  watch: Int32Array;
  extra: Float32Array | null;
  encoder: Encoder;
  boost: BoostOptions;
  seed: string;
  watching?: Watching;
}

export interface TreesFit {
  trees: Trees;
  /** Logits of `watch` before the first tree and after every STRIDE more (fit-trees.ts). */
  trail: Float32Array[];
  ends: number[];
}

/** Trees read the numbers as recorded, missing ones as NaN, and one-hots of the categories behind them. */
export function fitTreesOf(sheet: Sheet, { rows, watch, extra, encoder, boost, seed, watching }: TreesJob): TreesFit {
  const width = oneHotWidth(encoder);
  const all = new Int32Array(rows.length + watch.length);
  all.set(rows);
  all.set(watch, rows.length);
  const read = signalRows(sheet, extra, all);
  const x = oneHotRows(encoder, read.numeric, read.categories, read.places);
  const y = Float64Array.from(all, (row) => sheet.y[row]);
  const w = Float64Array.from(all, (row) => sheet.w[row]);
  const at = Int32Array.from(all.keys());
  const { trees, trail, ends } = fitTrees({
    table: { x, width, y, w },
    fit: at.subarray(0, rows.length),
    watch: at.subarray(rows.length),
    options: boost,
    random: random(seed),
    watching,
  });
  return { trees, trail, ends };
}

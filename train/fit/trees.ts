import type { Encoder } from '../../models/encoder.js';
import type { Logits } from '../../models/numbers.js';
import { oneHotRows, oneHotWidth } from '../../models/one-hots.js';
import { applyTrees } from '../../models/trees/apply.js';
import type { Trees } from '../../models/trees/trees.js';
import { random } from '../../support/random.js';
import { fitTrees } from '../boost/fit-trees.js';
import type { BoostOptions } from '../options.js';
import { numericWith, type Sheet } from './sheet.js';

/** One member of the boosted trees: fitted on `fit`, stopped on `stop`; no question is in both. */
export interface TreesTask {
  kind: 'trees';
  fit: Int32Array;
  stop: Int32Array;
  held: Int32Array;
  extra: Float32Array | null;
  encoder: Encoder;
  boost: BoostOptions;
  seed: string;
}

export interface TreesFit {
  trees: Trees;
  logits: Logits;
}

/** Trees read the numbers as recorded, missing ones as NaN, and one-hots of the categories behind them. */
export function fitTreesOf(sheet: Sheet, { fit, stop, held, extra, encoder, boost, seed }: TreesTask): TreesFit {
  const numeric = numericWith(sheet, extra);
  const width = oneHotWidth(encoder);
  const all = Int32Array.from([...fit, ...stop]);
  const x = oneHotRows(encoder, numeric, sheet.categories, all);
  const y = Float64Array.from(all, (row) => sheet.y[row]);
  const w = Float64Array.from(all, (row) => sheet.w[row]);
  const at = Int32Array.from(all.keys());
  const parts = [at.subarray(0, fit.length), at.subarray(fit.length)];
  const { trees } = fitTrees({ x, width, y, w }, parts[0], parts[1], boost, random(seed));
  return { trees, logits: applyTrees(trees, oneHotRows(encoder, numeric, sheet.categories, held), width) };
}

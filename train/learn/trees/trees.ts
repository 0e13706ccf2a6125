import type { Encoder } from '../../../models/encoder.js';
import type { Trees } from '../../../models/trees/trees.js';
import { random } from '../../../support/random.js';
import type { BoostOptions } from '../../options.js';
import type { Extra, Sheet } from '../sheet.js';
import type { Watching } from '../watching.js';
import type { Columns } from './columns.js';
import { fitTrees } from './fit-trees.js';

/**
 * Boosted trees, fitted on `rows`: `boost.most` of them, or fewer if the log-loss of `watch` (other questions) no
 * longer falls.
 */
export interface TreesJob {
  kind: 'trees';
  rows: Int32Array;
  watch: Int32Array;
  extra: Extra;
  encoder: Encoder;
  boost: BoostOptions;
  seed: string;
  watching?: Watching;
}

export interface TreesFit {
  trees: Trees;
  /** Logits of `watch` before the first tree and after every STRIDE trees (fit-trees.ts). */
  trail: Float32Array[];
  ends: number[];
}

/**
 * Trees read the numbers as recorded, with NaN for missing ones, and then one-hots of the categories. Nothing is
 * copied.
 */
export function fitTreesOf(sheet: Sheet, { rows, watch, extra, encoder, boost, seed, watching }: TreesJob): TreesFit {
  const { y, w } = sheet;
  const columns = recordedColumns(sheet, extra, encoder);
  const { trees, trail, ends } = fitTrees({
    table: { columns, y, w },
    fit: rows,
    watch,
    options: boost,
    random: random(seed),
    watching,
  });
  return { trees, trail, ends };
}

/**
 * All rows of a sheet as trees read them: its numbers, then the `extra` columns, then the one-hots (0 = unseen gives zeros).
 */
export function recordedColumns(sheet: Sheet, extra: Extra, { vocabularies }: Pick<Encoder, 'vocabularies'>): Columns {
  const { numeric, categories, schema } = sheet;
  const d = schema.numeric.length;
  const c = vocabularies.length;
  const known = d + extra.length;
  /** The category of each one-hot, and its index in it. */
  const oneHots = vocabularies.flatMap((size, k) => Array.from({ length: size }, (_, v) => ({ k, index: v + 1 })));
  return {
    width: known + oneHots.length,
    fill: (j, rows, into) => {
      if (j < d) {
        for (let i = 0; i < rows.length; i++) into[i] = numeric[rows[i] * d + j];
      } else if (j < known) {
        for (let i = 0; i < rows.length; i++) into[i] = extra[j - d].column[rows[i]];
      } else {
        const { k, index } = oneHots[j - known];
        for (let i = 0; i < rows.length; i++) into[i] = categories[rows[i] * c + k] === index ? 1 : 0;
      }
    },
  };
}

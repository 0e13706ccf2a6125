import { logit, sigmoid } from '../../../models/numbers.js';
import { onGrid, type Trees } from '../../../models/trees/trees.js';
import { append } from '../../../support/append.js';
import type { Random } from '../../../support/random.js';
import type { BoostOptions } from '../../options.js';
import { baseRate } from '../encoded-rows.js';
import { watcher } from '../watcher.js';
import type { Watching } from '../watching.js';
import { binned } from './bins.js';
import type { Columns } from './columns.js';
import { growTree } from './grow.js';
import { histogramsFor } from './histograms.js';
import { leavesOf, newtonLeaves } from './leaves.js';
import { partitionFor } from './partition.js';

/** Raw rows, NaN = missing, one-hots last; labels y in [0, 1], weights w with mean about 1. */
export interface TreeRows {
  columns: Columns;
  y: Float64Array;
  w: Float64Array;
}

interface FittedTrees {
  trees: Trees;
  /** Weighted log-loss on the watched rows with the kept trees, in nats; infinite if there are none. */
  loss: number;
  /** Number of kept trees, at least one. */
  count: number;
  /**
   * Logits of the watched rows before the first tree and after every STRIDE trees, up to the last tree grown. With many
   * watched rows (`keptEvery`), an evaluation that is not kept has the array of the previous one.
   */
  trail: Float32Array[];
  /**
   * For each part of the watched rows: the number of stages after which a fit that watched this part alone would have
   * ended.
   */
  ends: number[];
}

/** Trees between two kept evaluations. */
export const STRIDE = 5;
/** The most logits that are kept in all evaluations together: 16 MB. */
const MOST_KEPT = 4e6;

/**
 * Which evaluations keep the logits of `watched` rows, if up to `most` trees are grown: one in this many. Every one is
 * kept up to about 33,000 rows at 600 trees. With many watched rows, the loss hardly changes between evaluations, and
 * the logits of all fits would fill the memory.
 */
export function keptEvery(watched: number, most: number): number {
  return Math.max(1, Math.ceil((watched * Math.ceil(most / STRIDE)) / MOST_KEPT));
}

interface FitTreesOptions {
  table: TreeRows;
  fit: Int32Array;
  watch: Int32Array;
  options: BoostOptions;
  random: Random;
  watching?: Watching;
}

/**
 * Gradient boosting of oblivious trees for the log-loss. Each tree is grown on a sample of the rows `fit` and of the
 * columns; its leaves take a reduced Newton step on all of `fit`. After each tree, the log-loss of `watch` (other
 * questions) is computed, and the trees up to the best one are kept. Without rows to watch, all trees are grown and
 * kept. Source: Friedman 2001 and 2002; oblivious trees after Prokhorenkova et al. 2018. Time: a tree needs about
 * rows·columns·(depth + 1)/2 additions, of the sampled ones. Memory: one byte per cell.
 */
export function fitTrees({
  table: { columns: table, y, w },
  fit,
  watch,
  options,
  random,
  watching: { part, least = 0 } = {},
}: FitTreesOptions): FittedTrees {
  const { depth, most, patience } = options;
  const data = binned(table, fit, watch, options.bins);
  const own = { y: Float64Array.from(fit, (i) => y[i]), w: Float64Array.from(fit, (i) => w[i]) };
  const other = { y: Float64Array.from(watch, (i) => y[i]), w: Float64Array.from(watch, (i) => w[i]) };
  const rare = 0.5 / (fit.length + 1);
  const bias = onGrid(logit(Math.min(Math.max(baseRate(own), rare), 1 - rare)));
  const share = Math.min(options.rows, options.mostRows / fit.length);
  const z = new Float64Array(data.n).fill(bias); // for the rows `fit`, then `watch`
  const slopes = { g: new Float64Array(fit.length), h: new Float64Array(fit.length), w: own.w };
  const leaf = new Uint8Array(data.n);
  const usable = Int32Array.from(data.columns.keys());
  const places = Math.max(1, Math.round(options.columns * usable.length));
  const rows = partitionFor(data, fit.length, depth);
  const histograms = histogramsFor(data, rows, places, depth);
  const forRows = random.fork('rows');
  const forColumns = random.fork('columns');
  const columns: number[] = [];
  const thresholds: number[] = [];
  const leaves: number[] = [];
  const covers: number[] = [];
  const watched = z.subarray(fit.length);
  const trail: Float32Array[] = [Float32Array.from(watched)];
  const every = keptEvery(watch.length, most);
  const stop = watcher({ ...other, part }, patience);
  let t = 0;

  for (; t < most && (stop.isGoing(t) || t < least * STRIDE); t++) {
    let sampled = 0;
    for (let i = 0; i < fit.length; i++) {
      const p = sigmoid(z[i]);
      slopes.g[i] = own.w[i] * (own.y[i] - p);
      slopes.h[i] = own.w[i] * p * (1 - p);
      if (share < 1 && forRows.next() >= share) continue;
      rows.rows[sampled] = i;
      rows.g[sampled] = slopes.g[i];
      rows.h[sampled++] = slopes.h[i];
    }
    rows.begin(sampled);
    const chosen = forColumns.shuffle(usable).slice(0, places);
    const questions = growTree(data, rows, histograms, chosen, options);
    leavesOf(data, questions, leaf);
    const tree = newtonLeaves(leaf, slopes, options);
    for (let i = 0; i < data.n; i++) z[i] += tree.values[leaf[i]];
    for (const { column, bin } of questions) {
      columns.push(data.columns[column]);
      thresholds.push(data.thresholds[column][bin]);
    }
    append(leaves, tree.values);
    append(covers, tree.covers);
    if ((t + 1) % STRIDE === 0)
      trail.push(trail.length % every === 0 ? Float32Array.from(watched) : trail[trail.length - 1]);
    stop.look(t + 1, watched);
  }
  const { loss, step: count } = stop.best();
  const trees: Trees = {
    depth,
    columns: Int32Array.from(columns.slice(0, count * depth)),
    thresholds: Float32Array.from(thresholds.slice(0, count * depth)),
    leaves: Float32Array.from(leaves.slice(0, count << depth)),
    bias,
    covers: Float32Array.from(covers.slice(0, count << depth)),
  };
  const ends = stop.ends(t).map((end) => Math.floor(end / STRIDE));
  return { trees, loss, count, trail, ends };
}

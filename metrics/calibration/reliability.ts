import { shareInterval } from '../interval/share-interval.js';
import { type Scored, tableOf } from '../scored.js';
import { binSums } from './bin-sums.js';
import { BINS, type Binning, binsOf } from './bins.js';

/**
 * One bin of a reliability diagram: mean predicted probability, share of right answers with its band, number of rows.
 */
export interface ReliabilityBin {
  predicted: number;
  right: number;
  low: number;
  high: number;
  rows: number;
}

/**
 * Reliability diagram: bins of equal mass (or width) with 95% Wilson bands. The band uses the effective number of
 * trials: the number of questions if all rows of a question agree, the number of rows if they do not (a design effect
 * below 1 counts as 1). Empty bins are left out. Source: Murphy & Winkler 1977; design effect: Kish 1965.
 */
export function reliability(scored: Scored, binning: Binning = 'mass', bins = BINS, level = 0.95): ReliabilityBin[] {
  const table = tableOf(scored);
  const bin = binsOf(binning, table.probability, table.weight, bins);
  const sums = binSums(table, bin, bins);
  const squares = new Float64Array(bins);
  const rows = new Int32Array(bins);
  for (let i = 0; i < table.n; i++) {
    rows[bin[i]]++;
    squares[bin[i]] += table.weight[i] ** 2;
  }
  const drawn: ReliabilityBin[] = [];
  for (let b = 0; b < bins; b++) {
    const entries = Array.from({ length: sums.start[b + 1] - sums.start[b] }, (_, k) => sums.start[b] + k);
    const total = (of: (k: number) => number) => entries.reduce((sum, k) => sum + of(k), 0);
    const weight = total((k) => sums.weight[k]);
    if (weight === 0) continue;
    const hit = total((k) => sums.label[k]);
    const interval = shareInterval(
      {
        ...{ weight, hit, rowSquares: squares[b] },
        groupSquares: total((k) => sums.weight[k] ** 2),
        cross: total((k) => sums.weight[k] * sums.label[k]),
        hitSquares: total((k) => sums.label[k] ** 2),
      },
      level,
    );
    const predicted = total((k) => sums.probability[k]) / weight;
    drawn.push({ predicted, right: hit / weight, ...interval, rows: rows[b] });
  }
  return drawn;
}

import { wilson } from '../interval/wilson.js';
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
    const total = (of: Float64Array) => entries.reduce((sum, k) => sum + of[k], 0);
    const weight = total(sums.weight);
    if (weight === 0) continue;
    const right = total(sums.label) / weight;
    // Variance of the share, clustered by question, divided by that of independent trials.
    const clustered = entries.reduce((sum, k) => sum + (sums.label[k] - right * sums.weight[k]) ** 2, 0) / weight ** 2;
    const byGroup = weight ** 2 / entries.reduce((sum, k) => sum + sums.weight[k] ** 2, 0);
    const byRow = weight ** 2 / squares[b];
    const trials = clustered > 0 ? Math.min(byRow, (right * (1 - right)) / clustered) : byGroup;
    drawn.push({ predicted: total(sums.probability) / weight, right, ...wilson(right, trials, level), rows: rows[b] });
  }
  return drawn;
}

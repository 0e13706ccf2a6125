import { pool } from '../calibration/pav.js';
import { meanOver } from '../interval/group-means.js';
import { metric, type ReportedMetric, type Resampled } from '../metric.js';
import { ranking } from '../ranking/ranking.js';
import type { Table } from '../scored.js';
import { kept, perDraw } from '../shared.js';

/**
 * Refinement: the Brier score that would remain after the best increasing recalibration, refitted in every draw: mean
 * y² − Σ_b W_b ȳ_b² / W over the pooled blocks b. Lower is better: right and wrong answers are better separated. It is
 * in-sample, so noise lowers it, and a draw lowers it once more: hence the basic interval. Source: Dimitriadis,
 * Gneiting & Jordan 2021, eq. 4.
 */
export const brierRefinementMetric: ReportedMetric = metric({
  name: 'brierRefinement',
  text: {
    title: 'Brier score: refinement part',
    says:
      'The Brier score that would remain after the best increasing recalibration. It shows how well right and ' +
      'wrong answers are separated, however they are calibrated. It is fitted to the same answers, so chance alone ' +
      'lowers it.',
    formula: 'mean of y² − Σ_b W_b ȳ_b² / W, over the blocks b of an isotonic regression',
    range: '0 to 1',
    source: 'Dimitriadis, Gneiting & Jordan 2021, eq. 4 (discrimination and uncertainty)',
  },
  better: 'lower',
  interval: 'basic',
  prepare: refinement,
  draws: 500,
});

/** Computed once per draw for all metrics that use it. */
export function refinement(table: Table): Resampled {
  return kept(table, prepare);
}

function prepare(table: Table): Resampled {
  const { runs, sums } = ranking(table);
  const squares = meanOver(table, (i) => table.label[i] ** 2);
  const end = new Int32Array(runs);
  return perDraw((times) => {
    const below = sums(times);
    const blocks = pool(runs, below, end);
    let explained = 0;
    for (let b = 0, from = 0; b < blocks; from = end[b++]) {
      explained += (below.right[end[b]] - below.right[from]) ** 2 / (below.weight[end[b]] - below.weight[from]);
    }
    return squares(times) - explained / below.weight[runs];
  });
}

import type { Binned } from './bins.js';
import type { Histograms } from './histograms.js';
import type { Partition, Question } from './partition.js';
import { scoreColumn } from './score.js';

/**
 * Grows one oblivious tree on the rows in `rows`. At each level, it takes the one question that scores best if all
 * leaves are divided by it, the first of equals. `chosen` are the available binned columns.
 */
export function growTree(
  data: Binned,
  rows: Partition,
  histograms: Histograms,
  chosen: Int32Array,
  { depth, l2 }: { depth: number; l2: number },
): Question[] {
  const questions: Question[] = [];
  const scores = new Float64Array(256);
  for (let level = 0; level < depth; level++) {
    let best: Question = { column: chosen[0], bin: 0 };
    let most = Number.NEGATIVE_INFINITY;
    chosen.forEach((column, f) => {
      if (level === 0) histograms.begin(f, column);
      else histograms.split(f, column, 1 << (level - 1));
      const bins = data.thresholds[column].length;
      scoreColumn(histograms, rows.counts, f, bins, 1 << level, l2, scores);
      for (let bin = data.missing[column] ? 0 : 1; bin < bins; bin++) {
        if (scores[bin] <= most) continue;
        most = scores[bin];
        best = { column, bin };
      }
    });
    questions.push(best);
    if (level + 1 < depth) rows.split(best, 1 << level);
  }
  return questions;
}

import { bootstrap } from '../metrics/bootstrap.js';
import type { Estimate } from '../metrics/interval.js';
import { metrics } from '../metrics/list.js';
import { type ReliabilityBin, reliability } from '../metrics/reliability.js';
import type { Scorer } from '../scorer/open.js';
import { VouchError } from '../support/errors.js';
import { random } from '../support/random.js';
import type { TrainingData } from './data.js';
import { pick } from './examine.js';
import { matrixFor } from './matrix.js';
import { patternsOf } from './patterns.js';
import { inputsOf } from './worth.js';

/** What was promised for a pattern of signals and what came of it on these answers. */
export interface DecisionRecord {
  pattern: string;
  rows: number;
  accepted: number;
  /** Share of errors among the accepted; null where none was accepted. */
  error: number | null;
  /** α of the certified threshold; null where none is certified. */
  alpha: number | null;
}

export interface Evaluation {
  answers: number;
  groups: number;
  unlabelled: number;
  metrics: Record<string, Estimate>;
  reliability: ReliabilityBin[];
  decisions: DecisionRecord[];
}

/** Measures a scorer on labelled answers; nothing is fitted. Error: NO_LABELS. */
export async function evaluate(
  data: TrainingData,
  scorer: Scorer,
  resamples: number,
  seed: number,
): Promise<Evaluation> {
  if (data.n === 0) throw new VouchError('NO_LABELS', `${data.unlabelled} answers were read, none with a label`);
  const rows = Int32Array.from(data.y.keys());
  const matrix = matrixFor(data, scorer.manifest.signals);
  const { features, categories } = inputsOf(matrix, rows);
  const probability = Float64Array.from((await scorer.scoreFeatures(features, categories)).probability);
  const scored = { probability, label: data.y, weight: data.w, group: data.group, cell: data.cell };
  const decisions = [...patternsOf(data, rows)].map(([pattern, places]) => {
    const certified = scorer.manifest.thresholds.find((t) => t.pattern === pattern && t.threshold !== null);
    const accepted =
      certified === undefined ? places.subarray(0, 0) : places.filter((i) => probability[i] >= certified.threshold!);
    const weight = pick(data.w, accepted).reduce((sum, w) => sum + w, 0);
    const wrong = accepted.reduce((sum, i) => sum + data.w[i] * (1 - data.y[i]), 0);
    return {
      pattern,
      rows: places.length,
      accepted: accepted.length,
      error: accepted.length === 0 ? null : wrong / weight,
      alpha: certified?.alpha ?? null,
    };
  });
  return {
    answers: data.n,
    groups: data.groupCount,
    unlabelled: data.unlabelled,
    metrics: bootstrap(metrics, scored, random(seed), { resamples }),
    reliability: reliability(scored),
    decisions,
  };
}

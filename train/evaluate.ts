import { type ReliabilityBin, reliability } from '../metrics/calibration/reliability.js';
import { bootstrap } from '../metrics/interval/bootstrap.js';
import type { Estimate } from '../metrics/interval/interval.js';
import { metrics } from '../metrics/list.js';
import type { SeenQuestions } from '../models/bundle/seen.js';
import type { CostReport } from '../report/results.js';
import type { Decision, NoDecision } from '../scorer/decide.js';
import type { Scorer } from '../scorer/scorer.js';
import { addCount, type Counts, countsJson } from '../support/counts.js';
import { VouchError } from '../support/errors.js';
import { random } from '../support/random.js';
import { costReport } from './examine/costs.js';
import { decisionsOf } from './examine/decisions.js';
import { scoreRows } from './examine/score-rows.js';
import { matrixFor } from './prepare/matrix.js';
import { placesBy } from './prepare/places.js';
import type { TrainingData } from './prepare/training-data.js';
import { withoutSeen } from './prepare/without-seen.js';

/** What was promised for a pattern of signals (or a slice of it), and what was observed on these answers. */
export interface DecisionRecord {
  pattern: string;
  /** Null if decisions are made by pattern. */
  slice: string | null;
  rows: number;
  accepted: number;
  /** Accepted without a promise, because of --accept-unseen; not counted in `accepted` and `error`. */
  unpromised: number;
  escalated: number;
  abstained: number;
  /** Rows that no certified claim decides, by reason. With a cost table vouch abstains on them or escalates them. */
  undecided: Partial<Record<NoDecision, number>>;
  /** Share of errors among the accepted rows; null if none was accepted. */
  error: number | null;
  /** α of the certified threshold; null if none is certified. */
  alpha: number | null;
}

export interface Evaluation {
  answers: number;
  groups: number;
  unlabelled: number;
  /** Left out: answers to questions that the bundle was trained on, and the number of these questions. */
  seen: { answers: number; questions: number };
  metrics: Record<string, Estimate>;
  reliability: ReliabilityBin[];
  decisions: DecisionRecord[];
  /** The cost of the decisions; null without a cost table. */
  costs: CostReport | null;
}

/**
 * Measures a scorer on labelled answers; nothing is fitted. Questions in `seen`, which the bundle was trained on, are
 * left out. Errors: NO_LABELS; NO_ANSWERS if all questions are in `seen`.
 */
export async function evaluate(
  collected: TrainingData,
  scorer: Scorer,
  resamples: number,
  seed: number,
  seen: readonly SeenQuestions[] = [],
): Promise<Evaluation> {
  if (collected.n === 0)
    throw new VouchError('NO_LABELS', `${collected.unlabelled} answers were read, none with a label`);
  const { data, left } = withoutSeen(collected, seen);
  const rows = Int32Array.from(data.y.keys());
  const matrix = matrixFor(data, scorer.manifest.signals);
  const scores = await scoreRows(scorer, data, matrix, rows);
  const { probability } = scores;
  const scored = { probability, label: data.y, weight: data.w, group: data.group, slice: data.slice };
  const decided = decisionsOf(scorer.manifest, data, rows, scores);
  const decisions = [...placesBy(rows, (row) => JSON.stringify([decided[row].pattern, decided[row].slice]))].map(
    ([, places]): DecisionRecord => {
      const { pattern, slice } = decided[places[0]];
      const taken = (decision: Decision) => places.filter((i) => decided[i].decision === decision);
      const accepted = taken('accept').filter((i) => decided[i].promise === null);
      const undecided: Counts = new Map();
      for (const i of places) {
        const { why } = decided[i];
        if (why !== null) addCount(undecided, why);
      }
      const weight = accepted.reduce((sum, i) => sum + data.w[i], 0);
      const wrong = accepted.reduce((sum, i) => sum + data.w[i] * (1 - data.y[i]), 0);
      const promised = scorer.manifest.thresholds.find((t) => t.pattern === pattern && (t.slice ?? null) === slice);
      return {
        pattern,
        slice,
        rows: places.length,
        accepted: accepted.length,
        unpromised: taken('accept').length - accepted.length,
        escalated: taken('escalate').length,
        abstained: taken('abstain').length,
        undecided: countsJson(undecided) as DecisionRecord['undecided'],
        error: weight > 0 ? wrong / weight : null,
        alpha: promised == null || promised.threshold === null ? null : promised.alpha,
      };
    },
  );
  return {
    answers: data.n,
    groups: data.groupCount,
    unlabelled: data.unlabelled,
    seen: left,
    metrics: bootstrap(metrics, scored, random(seed), { resamples }),
    reliability: reliability(scored),
    decisions,
    costs: costReport({ manifest: scorer.manifest, data, rows, scored: scores, resamples, random: random(seed) }),
  };
}

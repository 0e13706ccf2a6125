import { reliability } from '../metrics/calibration/reliability.js';
import { reliabilityCurve } from '../metrics/calibration/reliability-curve.js';
import { bootstrap } from '../metrics/interval/bootstrap.js';
import { metrics } from '../metrics/list.js';
import { riskBand } from '../metrics/selective/risk-band.js';
import { riskCoverage } from '../metrics/selective/risk-coverage.js';
import type { Manifest } from '../models/bundle/manifest.js';
import type { SeenQuestions } from '../models/bundle/seen.js';
import type { Against, DecisionRecord, Evaluation } from '../report/evaluation/results.js';
import type { Decision } from '../scorer/decide.js';
import type { Scorer } from '../scorer/scorer.js';
import { VERSION_DIGITS } from '../scorer/version-digits.js';
import { addCount, type Counts, countsJson } from '../support/counts.js';
import { VouchError } from '../support/errors.js';
import { random } from '../support/random.js';
import { plural } from '../support/words/plural.js';
import { costReport } from './examine/costs.js';
import { decisionsOf } from './examine/decisions.js';
import { type ScoredRows, scoreRows } from './examine/score-rows.js';
import { asRead } from './prepare/as-read.js';
import { matrixFor } from './prepare/matrix.js';
import { placesBy } from './prepare/places.js';
import type { TrainingData } from './prepare/training-data.js';
import { withoutSeen } from './prepare/without-seen.js';
import { comparedMeasures } from './verdict/against.js';
import { verdictsOf } from './verdict/verdicts.js';

/** How to evaluate. */
export interface EvaluateHow {
  resamples: number;
  seed: number;
  /** Questions that the bundles were trained on; they are left out. */
  seen?: readonly SeenQuestions[];
  /** Another bundle, and the same answers with the signals that it reads. */
  against?: { collected: TrainingData; scorer: Scorer };
}

/**
 * Measures a scorer on labelled answers; nothing is fitted. Questions in `seen` are left out. Errors: NO_LABELS;
 * NO_ANSWERS if all questions are in `seen`.
 */
export async function evaluate(
  collected: TrainingData,
  scorer: Scorer,
  { resamples, seed, seen = [], against }: EvaluateHow,
): Promise<Evaluation> {
  if (collected.n === 0)
    throw new VouchError(
      'NO_LABELS',
      `${plural(collected.unlabelled, 'answer was', 'answers were')} read, none with a label`,
    );
  const { data, left } = withoutSeen(collected, seen);
  const judged = await judge(data, scorer);
  const { rows, scores, decided } = judged;
  const { probability } = scores;
  const scored = { probability, label: data.y, weight: data.w, group: data.group, slice: data.slice };
  return {
    bundle: scorer.digest.slice(0, VERSION_DIGITS),
    answers: data.n,
    groups: data.groupCount,
    unlabelled: data.unlabelled,
    seen: left,
    promises: verdictsOf(scorer.manifest, data, decided),
    metrics: bootstrap(metrics, scored, random(seed), { resamples }),
    reliability: reliability(scored),
    reliabilityCurve: reliabilityCurve(scored, random(seed), resamples),
    riskCoverage: riskCoverage(probability, data.y, data.w),
    riskBand: riskBand(scored, random(seed), resamples),
    decisions: decisionRecords(scorer.manifest, data, decided),
    costs: costReport({ manifest: scorer.manifest, data, rows, scored: scores, resamples, random: random(seed) }),
    ...(against === undefined ? {} : { against: await compareWith(against, { data, judged, resamples, seed, seen }) }),
  };
}

/** What a scorer says about all answers, and what its bundle decides. */
export interface Judged {
  rows: Int32Array;
  scores: ScoredRows;
  decided: ReturnType<typeof decisionsOf>;
}

/** Scores all answers and decides about them, with the signals that the bundle reads. */
export async function judge(given: TrainingData, scorer: Scorer): Promise<Judged> {
  const data = asRead(given, scorer.manifest.signals);
  const rows = Int32Array.from(data.y.keys());
  const scores = await scoreRows(scorer, data, matrixFor(data, scorer.manifest.signals), rows);
  return { rows, scores, decided: decisionsOf(scorer.manifest, data, rows, scores) };
}

interface Ours extends EvaluateHow {
  data: TrainingData;
  judged: Judged;
}

/** The other bundle on the same answers. Error: BAD_USAGE if its answers are others. */
async function compareWith(
  { collected, scorer }: NonNullable<EvaluateHow['against']>,
  { data, judged, resamples, seed, seen = [] }: Ours,
): Promise<Against> {
  const other = withoutSeen(collected, seen).data;
  if (other.fingerprint !== data.fingerprint || other.n !== data.n)
    throw new VouchError('BAD_USAGE', 'the two bundles did not read the same answers', { field: 'against' });
  const theirs = await judge(other, scorer);
  const [a, b] = [sideOf(judged), sideOf(theirs)];
  const only = (one: Float64Array, two: Float64Array) => one.filter((accepts, i) => accepts > two[i]).length;
  return {
    bundle: scorer.digest.slice(0, VERSION_DIGITS),
    promises: verdictsOf(scorer.manifest, other, theirs.decided),
    measures: comparedMeasures({
      answers: { label: data.y, weight: data.w, group: data.group, slice: data.slice },
      ...{ ours: a, theirs: b, resamples, random: random(seed) },
    }),
    onlyOurs: only(a.accepts, b.accepts),
    onlyTheirs: only(b.accepts, a.accepts),
  };
}

/** The probability of each answer, and 1 where the bundle accepts it under a promise, else 0. */
export function sideOf({ scores, decided }: Pick<Judged, 'scores' | 'decided'>): {
  probability: Float64Array;
  accepts: Float64Array;
} {
  return {
    probability: scores.probability,
    accepts: Float64Array.from(decided, ({ decision, promise }) => (isPromised(decision, promise) ? 1 : 0)),
  };
}

function decisionRecords(
  { thresholds }: Pick<Manifest, 'thresholds'>,
  data: TrainingData,
  decided: Judged['decided'],
): DecisionRecord[] {
  const kinds = placesBy(Int32Array.from(decided.keys()), (row) =>
    JSON.stringify([decided[row].pattern, decided[row].slice]),
  );
  return [...kinds].map(([, places]): DecisionRecord => {
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
    const promised = thresholds.find((t) => t.pattern === pattern && (t.slice ?? null) === slice);
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
  });
}

function isPromised(decision: Decision, promise: 'none' | null): boolean {
  return decision === 'accept' && promise === null;
}

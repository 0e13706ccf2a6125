import type { Scored } from '../metrics/scored.js';
import type { Calibration } from '../models/calibrators/calibrator.js';
import { calibrate } from '../models/calibrators/list.js';
import type { Logits, Probabilities } from '../models/numbers.js';
import type { Random } from '../support/random.js';
import { advice } from './certify/advice.js';
import { alphaCoverage } from './certify/alpha-coverage.js';
import { thresholdCandidates } from './certify/candidates.js';
import { fixedSequence } from './certify/fixed-sequence.js';
import type { TrainingData } from './data.js';
import { pick } from './examine.js';
import type { TrainOptions } from './options.js';
import type { Parts } from './parts.js';
import { patternsOf } from './patterns.js';
import type { AlphaCoverage, CertifiedThreshold } from './report/data.js';

export interface CertifiedPatterns {
  thresholds: CertifiedThreshold[];
  alphaCoverage: AlphaCoverage[];
}

/**
 * Certifies each pattern of signals on its own, with its own δ: candidates and bets from the out-of-fold probabilities of the
 * fit rows with that pattern, the test once on the certify rows with it. `probability` is what the shipped scorer says of the
 * certify rows. Patterns with fewer than `patternRows` fit rows get no threshold and are not tested.
 */
export function certifyPatterns(
  data: TrainingData,
  parts: Parts,
  outOfFold: Logits,
  calibration: Calibration,
  probability: Probabilities,
  options: TrainOptions,
  random: Random,
): CertifiedPatterns {
  const before = calibrate(calibration, outOfFold);
  const inCertify = patternsOf(data, parts.certify);
  const delta = 1 - options.confidence;
  const thresholds: CertifiedThreshold[] = [];
  const alphaCoverages: AlphaCoverage[] = [];
  const patterns = [...patternsOf(data, parts.fit)].filter(([, places]) => places.length >= options.patternRows);
  for (const [pattern, places] of patterns.sort((a, b) => b[1].length - a[1].length)) {
    const fit = scoredRows(data, parts.fit, before, places);
    const certify = scoredRows(data, parts.certify, probability, inCertify.get(pattern) ?? new Int32Array(0));
    const groups = new Set(certify.group).size;
    const promise = { alpha: options.targetError, delta };
    const own = random.fork(pattern);
    const candidates = thresholdCandidates(fit, { ...promise, groups });
    const { certified } = fixedSequence(candidates, certify, promise, own.fork('promise'));
    const curve = alphaCoverage(fit, certify, { delta }, own.fork('curve'));
    thresholds.push({
      pattern,
      ...promise,
      n: certify.label.length,
      groups,
      threshold: certified?.threshold ?? null,
      accepted: certified?.accepted ?? 0,
      acceptedGroups: certified?.acceptedGroups ?? 0,
      coverage: certified?.coverage ?? 0,
      error: certified?.error ?? null,
      method: 'betting on sums by question, fixed sequence',
      cap: certified?.cap ?? null,
      advice: certified === null ? advice(fit, certify, curve, promise) : null,
    });
    for (const point of curve) alphaCoverages.push({ pattern, ...point });
  }
  return { thresholds, alphaCoverage: alphaCoverages };
}

function scoredRows(
  data: TrainingData,
  rows: Int32Array,
  p: Probabilities,
  places: Int32Array,
): Scored & { group: Int32Array } {
  const at = places.map((i) => rows[i]);
  return {
    probability: Float64Array.from(places, (i) => p[i]),
    label: pick(data.y, at),
    weight: pick(data.w, at),
    group: at.map((row) => data.group[row]),
  };
}

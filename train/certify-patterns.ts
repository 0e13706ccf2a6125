import type { Scored } from '../metrics/scored.js';
import type { Calibration } from '../models/calibrators/calibrator.js';
import { calibrate } from '../models/calibrators/list.js';
import type { Logits, Probabilities } from '../models/numbers.js';
import type { Random } from '../support/random.js';
import { outlooks, thresholdCandidates } from './certify/candidates.js';
import { fixedSequence } from './certify/fixed-sequence.js';
import { groupsNeeded, leastGroups } from './certify/power.js';
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

/** Error rates at which the report shows what could be promised. */
const ALPHAS = [0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4];

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
  const alphaCoverage: AlphaCoverage[] = [];
  const patterns = [...patternsOf(data, parts.fit)].filter(([, places]) => places.length >= options.patternRows);
  for (const [pattern, places] of patterns.sort((a, b) => b[1].length - a[1].length)) {
    const fit = scoredRows(data, parts.fit, before, places);
    const certify = scoredRows(data, parts.certify, probability, inCertify.get(pattern) ?? new Int32Array(0));
    const test = (alpha: number, name: string) => {
      const groups = new Set(certify.group).size;
      const candidates = thresholdCandidates(fit, { alpha, delta, groups });
      return fixedSequence(candidates, certify, { alpha, delta }, random.fork(`${pattern} ${name}`)).certified;
    };
    const certified = test(options.targetError, 'promise');
    thresholds.push({
      pattern,
      alpha: options.targetError,
      delta,
      n: certify.label.length,
      groups: new Set(certify.group).size,
      threshold: certified?.threshold ?? null,
      accepted: certified?.accepted ?? 0,
      acceptedGroups: certified?.acceptedGroups ?? 0,
      coverage: certified?.coverage ?? 0,
      error: certified?.error ?? null,
      method: 'betting on sums by question, fixed sequence',
      advice: certified === null ? advice(fit, certify, options.targetError, delta) : null,
    });
    for (const alpha of ALPHAS) {
      const at = test(alpha, `α ${alpha}`);
      alphaCoverage.push({
        pattern,
        alpha,
        coverage: at?.coverage ?? 0,
        threshold: at?.threshold ?? null,
        indication: true,
      });
    }
  }
  return { thresholds, alphaCoverage };
}

/** What would help where nothing could be certified. */
function advice(fit: Scored, certify: Scored, alpha: number, delta: number): string {
  const have = new Set(certify.group).size;
  const needed = groupsNeeded(outlooks(fit, alpha), alpha, delta);
  const percent = (x: number) => `${Math.round(1000 * x) / 10}%`;
  if (needed === null) {
    return `No threshold has under ${percent(alpha)} errors even on the fit part: better signals or a larger target error are wanted, not more labels.`;
  }
  const share = percent(needed.outlook.coverage);
  const least = leastGroups(alpha, delta);
  return `About ${needed.groups} questions kept for certification (now ${have}; never fewer than ${least} accepted) would likely certify ${share} of the answers: an estimate from the fit part.`;
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

import { deltaOf } from '../../metrics/interval/delta-of.js';
import type { Scored } from '../../metrics/scored.js';
import type { Basis, Guarantee } from '../../models/bundle/manifest.js';
import { cutsOf } from '../../models/costs.js';
import type { Probabilities } from '../../models/numbers.js';
import type { AlphaCoverage, CertifiedThreshold, ReportData } from '../../report/results.js';
import { neededBy } from '../../scorer/needed.js';
import { pick } from '../../support/pick.js';
import type { Random } from '../../support/random.js';
import type { TrainOptions } from '../options.js';
import type { FitAndCertify } from '../prepare/fit-and-certify.js';
import { placesBy } from '../prepare/places.js';
import { slicesOf } from '../prepare/slices.js';
import type { TrainingData } from '../prepare/training-data.js';
import type { Claim, Wanted } from './claim.js';
import type { Shares } from './labels-needed.js';
import { holdsAll, type ReliedOf, reliedByKind, reliedSignals } from './relied.js';

export interface CertifiedPatterns {
  /** The claims that decide: one per pattern of signals, or one per slice of a pattern. */
  thresholds: CertifiedThreshold[];
  /** The claim for each slice of a pattern if decisions are made by pattern: only reported, not used for decisions. */
  sliceClaims: CertifiedThreshold[];
  alphaCoverage: AlphaCoverage[];
  labelsBuy: NonNullable<ReportData['labelsBuy']>;
}

/** The most slices that are reported in addition to the patterns; the largest ones are. */
const MOST_REPORTED = 60;

/**
 * The answers that one claim is about, as places in the fit and the certify part (the same part under cross-fitting).
 */
export interface ClaimSubject {
  pattern: string;
  slice: string | null;
  /** Signals that nearly all fit rows of the pattern have. */
  signals: string[];
  /** Further signals that nearly all rows of a task or model have. */
  signalsOf: ReliedOf[];
  fit: Int32Array;
  certify: Int32Array;
}

/** How answers are certified, and how the claim describes it. */
export interface CertifyTrial {
  parts: FitAndCertify;
  guarantee: Guarantee;
  method: string;
  /** Share of the labelled questions that are used to certify. */
  share: (options: TrainOptions) => Pick<Shares, 'certifyShare' | 'certifyShareSmall'>;
  certify(subject: ClaimSubject, wanted: Wanted, random: Random): Claim;
  /** Label and weight of the answers that the claim is tested on. */
  tested(subject: ClaimSubject): Scored;
}

/** What to certify, and on which data. */
export interface CertifyOptions {
  data: TrainingData;
  trial: CertifyTrial;
  /** Number of claims in the bundle that decide. */
  deciding: number;
  options: TrainOptions;
  random: Random;
  /** Whether the rows have exactly these signals (`natural`) or had other signals hidden (`hidden`). */
  basis?: Basis;
  /** Computes only the claims that decide, without what only the report shows. */
  isBrief?: boolean;
}

/**
 * Certifies each pattern of signals, and each slice of a pattern, with its own δ. With `simultaneous`, δ is divided
 * among the claims that decide, so that they hold together. Patterns and slices with fewer than `patternRows` fit rows
 * are not tested and get no threshold. With a cost table, no threshold is below the probability from which accepting is
 * cheapest, so that the promise is about the accepted answers.
 */
export function certifyPatterns(given: CertifyOptions): CertifiedPatterns {
  const { data, trial, deciding, options, random, basis = 'natural', isBrief = false } = given;
  const { parts } = trial;
  const slices = slicesOf(data, options.sliceBy);
  const patterns = subjectsOf(data, parts, null, options.patternRows);
  const cut = subjectsOf(data, parts, slices, options.patternRows);
  const delta = deltaOf(options.confidence);
  const { smallGroups } = options;
  const wanted: Wanted = {
    alpha: options.targetError,
    delta: options.simultaneous ? delta / Math.max(1, deciding) : delta,
    floor: options.costs === undefined ? 0 : cutsOf(options.costs).accept,
    shares: { ...trial.share(options), smallGroups, groups: data.groupCount },
    isBrief,
  };
  const claims = (subjects: ClaimSubject[], own: Wanted) =>
    subjects.map((subject) => {
      const name = subject.slice === null ? subject.pattern : `${subject.pattern}/${subject.slice}`;
      const { certified, curve, buys, ...rest } = trial.certify(subject, own, random.fork(name));
      const { alpha } = own;
      const {
        threshold = null,
        accepted = 0,
        acceptedGroups = 0,
        coverage = 0,
        error = null,
        cap = null,
        capped = 0,
      } = certified ?? {};
      const seen = { threshold, alpha, delta: own.delta, ...rest, accepted, acceptedGroups, coverage, error };
      return {
        pattern: subject.pattern,
        curve,
        buys,
        claim: {
          id: `${name}@${alpha}`,
          pattern: subject.pattern,
          ...(subject.slice === null ? {} : { slice: subject.slice }),
          signals: subject.signals,
          ...(subject.signalsOf.length === 0 ? {} : { signalsOf: subject.signalsOf }),
          basis,
          guarantee: trial.guarantee,
          ...seen,
          baseError: errorOf(trial.tested(subject)),
          method: certified?.method ?? trial.method,
          cap,
          capped,
        },
      };
    });
  const byPattern = claims(patterns, { ...wanted, delta: options.certifyBy === 'pattern' ? wanted.delta : delta });
  const manySlices = new Set(slices).size > 1;
  const bySlice =
    options.certifyBy === 'slice'
      ? claims(cut, wanted)
      : claims(manySlices && !isBrief ? cut.slice(0, MOST_REPORTED) : [], { ...wanted, delta });
  return {
    thresholds: (options.certifyBy === 'slice' ? bySlice : byPattern).map(({ claim }) => claim),
    sliceClaims: options.certifyBy === 'slice' ? [] : bySlice.map(({ claim }) => claim),
    alphaCoverage: byPattern.flatMap(({ pattern, curve }) => curve.map((point) => ({ pattern, ...point }))),
    labelsBuy: byPattern.map(({ pattern, buys, claim }) => ({
      pattern,
      alpha: claim.alpha,
      points: isBrief ? [] : buys(),
    })),
  };
}

/** The number of claims that decide for these rows: patterns, or slices of patterns. */
export function decidingClaims(data: TrainingData, parts: FitAndCertify, options: TrainOptions): number {
  const slices = options.certifyBy === 'slice' ? slicesOf(data, options.sliceBy) : null;
  return subjectsOf(data, parts, slices, options.patternRows).length;
}

/** Patterns, or slices of patterns, with enough fit rows; the largest come first. */
function subjectsOf(data: TrainingData, parts: FitAndCertify, slices: string[] | null, least: number): ClaimSubject[] {
  const key = (row: number) => JSON.stringify([data.pattern[row], slices?.[row] ?? null]);
  const relied = new Map<string, Pick<ClaimSubject, 'signals' | 'signalsOf'>>();
  for (const [pattern, places] of placesBy(parts.fit, (row) => data.pattern[row])) {
    const rows = places.map((i) => parts.fit[i]);
    const signals = reliedSignals(data, rows, pattern);
    relied.set(pattern, { signals, signalsOf: reliedByKind(data, rows, pattern, signals) });
  }
  const inFit = placesBy(parts.fit, key);
  const inCertify = placesBy(parts.certify, key);
  return [...inFit]
    .filter(([, places]) => places.length >= least)
    .sort((a, b) => b[1].length - a[1].length)
    .map(([name, fit]) => {
      const [pattern, slice] = JSON.parse(name) as [string, string | null];
      const own = relied.get(pattern)!;
      const isComplete = completeRows(data, neededBy(own));
      const complete = (rows: Int32Array, places: Int32Array) => places.filter((i) => isComplete(rows[i]));
      const certify = inCertify.get(name) ?? new Int32Array(0);
      return { pattern, slice, ...own, fit: complete(parts.fit, fit), certify: complete(parts.certify, certify) };
    });
}

/** Whether a row has the signals that rows of its task and model need. */
function completeRows(data: TrainingData, needed: ReturnType<typeof neededBy>): (row: number) => boolean {
  const checks = new Map<number, (row: number) => boolean>();
  return (row) => {
    let check = checks.get(data.slice[row]);
    if (check === undefined) {
      check = holdsAll(data, needed({ task: data.task[row], model: data.model[row] }));
      checks.set(data.slice[row], check);
    }
    return check(row);
  };
}

function errorOf({ label, weight }: Scored): number | null {
  let wrong = 0;
  let all = 0;
  for (let i = 0; i < label.length; i++) {
    wrong += (weight?.[i] ?? 1) * (1 - label[i]);
    all += weight?.[i] ?? 1;
  }
  return all === 0 ? null : wrong / all;
}

/** Those of the answers at `places` in `rows` that get a decision, with the probability `p` of each row. */
export function scoredRows(
  data: TrainingData,
  rows: Int32Array,
  p: Probabilities,
  places: Int32Array,
): Scored & { weight: Float64Array; group: Int32Array } {
  const decided = places.filter((i) => !Number.isNaN(p[i]));
  const at = decided.map((i) => rows[i]);
  return {
    probability: Float64Array.from(decided, (i) => p[i]),
    label: pick(data.y, at),
    weight: pick(data.w, at),
    group: at.map((row) => data.group[row]),
  };
}

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
  /** What decisions go by: one a pattern of signals, or one a slice of a pattern. */
  thresholds: CertifiedThreshold[];
  /** The promise for each slice of a pattern where decisions go by pattern: reported, decides nothing. */
  sliceClaims: CertifiedThreshold[];
  alphaCoverage: AlphaCoverage[];
  labelsBuy: NonNullable<ReportData['labelsBuy']>;
}

/** Slices that are reported beside the patterns; the largest ones. */
const MOST_REPORTED = 60;

/** Answers that one promise is about: places in the fit and in the certify part, which are one where all labels do both. */
export interface ClaimSubject {
  pattern: string;
  slice: string | null;
  /** Signals that nearly all fit rows of the pattern hold. */
  signals: string[];
  /** Further ones that those of a task or model hold. */
  signalsOf: ReliedOf[];
  fit: Int32Array;
  certify: Int32Array;
}

/** How a kind of answers is certified, and what its claim says of that. */
export interface CertifyTrial {
  parts: FitAndCertify;
  guarantee: Guarantee;
  method: string;
  /** Share of the labelled questions that certifies. */
  share: (options: TrainOptions) => Pick<Shares, 'certifyShare' | 'certifyShareSmall'>;
  certify(subject: ClaimSubject, wanted: Wanted, random: Random): Claim;
  /** Label and weight of the answers that a kind is tested on. */
  tested(subject: ClaimSubject): Scored;
}

/** What is certified of which data. */
export interface CertifyOptions {
  data: TrainingData;
  trial: CertifyTrial;
  /** Claims there are in the bundle that decide. */
  deciding: number;
  options: TrainOptions;
  random: Random;
  /** Whether the rows came with just these signals or had others hidden. */
  basis?: Basis;
  /** The claims that decide alone, without what only the report shows. */
  isBrief?: boolean;
}

/**
 * Certifies each pattern of signals on its own, and each slice of a pattern, each with its own δ (with `simultaneous` a share
 * of it, so that all that decide hold together). Kinds with fewer than `patternRows` fit rows get no threshold and are not
 * tested. With a cost table no threshold lies where accepting isn't the cheapest, so that the promise is about what is accepted.
 */
export function certifyPatterns(given: CertifyOptions): CertifiedPatterns {
  const { data, trial, deciding, options, random, basis = 'natural', isBrief = false } = given;
  const { parts } = trial;
  const slices = slicesOf(data, options.sliceBy);
  const patterns = subjectsOf(data, parts, null, options.patternRows);
  const cut = subjectsOf(data, parts, slices, options.patternRows);
  const delta = Number((1 - options.confidence).toFixed(12)); // as it was meant: 0.05 and not 0.050000000000000044
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

/** How many claims decide for these rows: patterns, or slices of them. */
export function decidingClaims(data: TrainingData, parts: FitAndCertify, options: TrainOptions): number {
  const slices = options.certifyBy === 'slice' ? slicesOf(data, options.sliceBy) : null;
  return subjectsOf(data, parts, slices, options.patternRows).length;
}

/** Patterns, or slices of them, with enough fit rows, the largest first. */
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

/** Whether a row holds the signals that rows of its task and model need. */
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

/** The answers at some places of `rows` that get a decision, by what was predicted of each row. */
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

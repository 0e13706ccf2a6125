import type { MetricName } from '../results.js';
import { flattened } from '../sections/facts.js';
import { metricNames } from '../words.js';
import type { CardFacts } from './facts.js';

/** Names that came and went. */
export interface Exchanged {
  added: string[];
  removed: string[];
}

/** A value in the previous version and in this one; null: not there. */
export interface Changed {
  name: string;
  before: string | null;
  after: string | null;
}

/** A claim as the two versions state it; null: the version does not have it. */
export interface ChangedClaim {
  id: string;
  before: ClaimTerms | null;
  after: ClaimTerms | null;
}

export interface ClaimTerms {
  /** Null: not certified. */
  threshold: number | null;
  alpha: number;
  delta: number;
  coverage: number;
}

/** What differs between two versions of a bundle. */
export interface Changes {
  /** SHA-256 of the previous version's manifest, and when it was made. */
  previous: string;
  created: string;
  /** Whether both were made from the same ids and labels. If not, their metrics were measured on different answers. */
  sameData: boolean;
  /** Each metric with its two values; null: not defined. `difference`: this version minus the previous one. */
  metrics: { name: MetricName; before: number | null; after: number | null; difference: number | null }[];
  answers: { before: number; after: number };
  questions: { before: number; after: number };
  models: Exchanged;
  tasks: Exchanged;
  signals: Exchanged;
  /** Claims that differ. */
  claims: ChangedClaim[];
  /** Learner, calibrator, version of vouch: those that differ. */
  predictor: Changed[];
  options: Changed[];
}

/** What changed since the previous version. Pure; both lists of names are sorted. */
export function changesBetween(before: { facts: CardFacts; digest: string }, after: CardFacts): Changes {
  const { facts: old, digest } = before;
  return {
    previous: digest,
    created: old.created,
    sameData: old.data.fingerprint === after.data.fingerprint,
    metrics: metricNames.map((name) => {
      const [from, to] = [old.metrics[name]?.value ?? null, after.metrics[name]?.value ?? null];
      return { name, before: from, after: to, difference: from === null || to === null ? null : to - from };
    }),
    answers: { before: old.data.answers, after: after.data.answers },
    questions: { before: old.data.questions, after: after.data.questions },
    models: exchanged(old.covers.models ?? [], after.covers.models ?? []),
    tasks: exchanged(old.covers.tasks ?? [], after.covers.tasks ?? []),
    signals: exchanged(old.predictor.signals, after.predictor.signals),
    claims: claimsBetween(old, after),
    predictor: changed(predictorWords(old), predictorWords(after)),
    options: changed(flattened(old.options), flattened(after.options)),
  };
}

function exchanged(before: readonly string[], after: readonly string[]): Exchanged {
  const [old, now] = [new Set(before), new Set(after)];
  return {
    added: [...now].filter((name) => !old.has(name)).sort(),
    removed: [...old].filter((name) => !now.has(name)).sort(),
  };
}

function claimsBetween(before: CardFacts, after: CardFacts): ChangedClaim[] {
  const [old, now] = [termsOf(before), termsOf(after)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((id) => {
    const claim = { id, before: old.get(id) ?? null, after: now.get(id) ?? null };
    return JSON.stringify(claim.before) === JSON.stringify(claim.after) ? [] : [claim];
  });
}

function termsOf({ thresholds }: CardFacts): Map<string, ClaimTerms> {
  return new Map(
    thresholds.map(({ id, threshold, alpha, delta, coverage }) => [id, { threshold, alpha, delta, coverage }]),
  );
}

function predictorWords({ predictor, versions }: CardFacts): [string, string][] {
  return [
    ['learner', predictor.learner],
    ['calibrator', predictor.calibrator],
    ['vouch', versions.vouch ?? 'unknown'],
  ];
}

function changed(before: readonly [string, string][], after: readonly [string, string][]): Changed[] {
  const [old, now] = [new Map(before), new Map(after)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((name) => {
    const pair = { name, before: old.get(name) ?? null, after: now.get(name) ?? null };
    return pair.before === pair.after ? [] : [pair];
  });
}

import { percent } from '../../report/numbers.js';
import type { CertifiedThreshold } from '../../report/results.js';
import type { Leak } from '../../report/suspects.js';
import type { CertifiedPatterns } from './certify-patterns.js';

/** A note explains a certified threshold that is below LOW or accepts more than NEARLY_ALL. */
const LOW = 0.01;
const NEARLY_ALL = 0.99;

/** The signals that the leak alarm names and the user has not allowed. */
function barringLeaks(leaks: readonly Leak[], allowed: readonly string[]): string[] {
  return [...new Set(leaks.map(({ signal }) => signal))].filter((signal) => !allowed.includes(signal));
}

/**
 * The claims that may be shipped: none if a signal leaks; otherwise with a note if a claim accepts nearly everything.
 */
export function shippable<C extends CertifiedPatterns>(
  certified: C,
  leaks: readonly Leak[],
  allowed: readonly string[],
): C {
  const barring = barringLeaks(leaks, allowed);
  const of = (claims: CertifiedThreshold[]) =>
    claims.map((claim) => (barring.length > 0 ? withheld(claim, barring) : explained(claim, leaks)));
  return {
    ...certified,
    thresholds: of(certified.thresholds),
    sliceClaims: of(certified.sliceClaims),
    alphaCoverage: barring.length > 0 ? [] : certified.alphaCoverage,
  };
}

function withheld(claim: CertifiedThreshold, names: string[]): CertifiedThreshold {
  const flags = names.map((name) => `--allow-leak ${name}`).join(' ');
  const which = names.length === 1 ? `${names[0]} gives the label away` : `${names.join(', ')} give the label away`;
  const them = names.length === 1 ? 'it' : 'them';
  const advice = [
    `Nothing is certified because ${which} (leak alarm).`,
    'A promise that relies on a leak does not hold for new answers, whose labels are unknown.',
    `Train without ${them}, or, if there is no leak, allow ${them} with ${flags}.`,
  ].join(' ');
  const none = { threshold: null, accepted: 0, acceptedGroups: 0, coverage: 0, error: null, cap: null };
  return { ...claim, ...none, advice };
}

/** Explains why a threshold accepts nearly everything: the target is above the base error rate, or a signal leaks. */
function explained(claim: CertifiedThreshold, leaks: readonly Leak[]): CertifiedThreshold {
  const { threshold, coverage, alpha, baseError } = claim;
  if (threshold === null || (threshold >= LOW && coverage <= NEARLY_ALL)) return claim;
  const what =
    coverage > NEARLY_ALL ? `It accepts ${percent(coverage)} of the answers` : `The threshold is below ${LOW}`;
  const base = baseError ?? Number.NaN;
  const signals = [...new Set(leaks.map(({ signal }) => signal))].join(', ');
  const why =
    signals !== ''
      ? `${signals} gives the label away (leak alarm)`
      : base <= alpha
        ? `the target of ${percent(alpha)} errors is above the base error rate of ${percent(base)}, ` +
          'so it is met even if every answer is accepted'
        : `the predictor separates right from wrong answers almost perfectly (base error rate ${percent(base)}): ` +
          'look for a signal that gives the label away';
  return { ...claim, note: `${what} because ${why}.` };
}

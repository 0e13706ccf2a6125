import { percent } from '../../report/numbers.js';
import type { CertifiedThreshold } from '../../report/results.js';
import type { Leak } from '../../report/suspects.js';
import type { CertifiedPatterns } from './certify-patterns.js';

/** A certified threshold below this, or one that accepts more than that share, is explained. */
const LOW = 0.01;
const NEARLY_ALL = 0.99;

/** The signals that the leak alarm names and nobody allowed. */
function barringLeaks(leaks: readonly Leak[], allowed: readonly string[]): string[] {
  return [...new Set(leaks.map(({ signal }) => signal))].filter((signal) => !allowed.includes(signal));
}

/** The claims as they may be shipped: none of them where a signal leaks; else with a note where one accepts nearly everything. */
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
  const advice = `Nothing is certified because ${which} (leak alarm): a promise on these answers would not hold where answers are scored before anyone knows. Train without ${names.length === 1 ? 'it' : 'them'}, or say that it is no leak: ${flags}.`;
  const none = { threshold: null, accepted: 0, acceptedGroups: 0, coverage: 0, error: null, cap: null };
  return { ...claim, ...none, advice };
}

/** Says why a threshold accepts nearly everything: the target lies above the base error rate, or a signal tells the label. */
function explained(claim: CertifiedThreshold, leaks: readonly Leak[]): CertifiedThreshold {
  const { threshold, coverage, alpha, baseError } = claim;
  if (threshold === null || (threshold >= LOW && coverage <= NEARLY_ALL)) return claim;
  const what =
    coverage > NEARLY_ALL ? `It accepts ${percent(coverage)} of the answers` : `The threshold lies below ${LOW}`;
  const base = baseError ?? Number.NaN;
  const signals = [...new Set(leaks.map(({ signal }) => signal))].join(', ');
  const why =
    signals !== ''
      ? `${signals} gives the label away (leak alarm)`
      : base <= alpha
        ? `the target of ${percent(alpha)} errors lies above the base error rate of ${percent(base)}, so that accepting every answer keeps it`
        : `the predictor tells right from wrong almost perfectly (base error rate ${percent(base)}): look for a signal that gives the label away`;
  return { ...claim, note: `${what} because ${why}.` };
}

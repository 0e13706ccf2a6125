import type { Candidate } from './candidates.js';

/** What ships without a certificate: the cheapest candidate with at most α errors on the fit cases, else with fewest. */
export function bestUncertified(candidates: readonly Candidate[], alpha: number): Candidate {
  const errorOf = ({ account: { error } }: Candidate) => error ?? 1;
  const allowed = candidates.filter((each) => errorOf(each) <= alpha);
  if (allowed.length > 0) return allowed.reduce((a, b) => (b.account.total < a.account.total ? b : a));
  return candidates.reduce((a, b) => (errorOf(b) < errorOf(a) ? b : a));
}

import { chiSquareTail } from '../../metrics/special/chi-square.js';
import type { CategoryShares } from '../../models/bundle/reference.js';
import type { Difference } from './number-drift.js';
import { psi } from './psi.js';

/** Values with fewer expected questions than this, before or now, are counted together. Source: Cochran 1954. */
const LEAST = 5;

/**
 * The chi-square test that two samples have the same shares: Σ (observed − expected)² / expected over both, with as many
 * degrees of freedom as values less one. Every question counts once, with the shares of its answers, so the test errs on
 * the side of no difference. `now` has the shares by the same names; names that the reference lacks count as ''.
 */
export function categoryDrift(
  before: CategoryShares,
  now: ReadonlyMap<string, number>,
  sizes: { before: number; now: number },
): Difference {
  const known = new Set(before.values.map(([value]) => value));
  const strange = [...now].reduce((sum, [value, share]) => sum + (known.has(value) ? 0 : share), 0);
  const named = known.has('') ? before.values : [['', 0] as [string, number], ...before.values];
  const [p, q] = [
    named.map(([, share]) => share),
    named.map(([value]) => (now.get(value) ?? 0) + (value === '' ? strange : 0)),
  ];
  const missingAt = named.findIndex(([value]) => value === '');
  return {
    distance: p.reduce((sum, share, k) => sum + Math.abs(share - q[k]) / 2, 0),
    pvalue: sameShares(p, q, sizes),
    psi: psi(p, q),
    missing: [p[missingAt], q[missingAt]],
  };
}

/** p-value of "both samples have these shares alike". */
export function sameShares(
  p: readonly number[],
  q: readonly number[],
  { before, now }: { before: number; now: number },
): number {
  const pooled = p.map((share, k) => (share * before + q[k] * now) / (before + now));
  const smaller = Math.min(before, now);
  const cells: { p: number; q: number; pooled: number }[] = [];
  const rest = { p: 0, q: 0, pooled: 0 };
  pooled.forEach((share, k) => {
    if (share * smaller >= LEAST) cells.push({ p: p[k], q: q[k], pooled: share });
    else {
      rest.p += p[k];
      rest.q += q[k];
      rest.pooled += share;
    }
  });
  if (rest.pooled * smaller >= LEAST || cells.length < 2) cells.push(rest);
  else if (rest.pooled > 0) {
    const least = cells.reduce((a, b) => (b.pooled < a.pooled ? b : a));
    least.p += rest.p;
    least.q += rest.q;
    least.pooled += rest.pooled;
  }
  const filled = cells.filter(({ pooled: share }) => share > 0);
  const size = (before * now) / (before + now);
  const statistic = filled.reduce((sum, cell) => sum + (size * (cell.p - cell.q) ** 2) / cell.pooled, 0);
  return filled.length < 2 ? 1 : chiSquareTail(statistic, filled.length - 1);
}

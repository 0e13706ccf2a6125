import type { Candidate } from '../choose/candidates.js';
import type { FrontierPoint } from './results.js';

/** The fewest accepted cases for a point: with fewer, its error says nothing. */
const LEAST_COVERAGE = 0.02;

/** The candidates that no other one beats in both cost and error, from few errors to low costs, on the fit cases. */
export function frontierOf(candidates: readonly Candidate[]): FrontierPoint[] {
  const points = candidates
    .flatMap(({ family, plan, account: { total, error, coverage } }): FrontierPoint[] =>
      error === null || coverage < LEAST_COVERAGE
        ? []
        : [{ family, order: [...plan.order], cost: total, error, coverage }],
    )
    .sort((a, b) => a.error - b.error || a.cost - b.cost);
  const kept: FrontierPoint[] = [];
  for (const point of points) if (kept.length === 0 || point.cost < kept[kept.length - 1].cost) kept.push(point);
  return kept;
}

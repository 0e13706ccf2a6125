import type { Standing } from './standing.js';

/**
 * Whether the interval lies on one side of the target while the state cannot tell: the interval is valid for one look,
 * the state for all of them together.
 */
export function isAheadOfState({
  state,
  alpha,
  error,
  labels,
}: Pick<Standing, 'state' | 'alpha' | 'error' | 'labels'>) {
  return state === 'cannot tell' && labels > 0 && error !== null && (error.low > alpha || error.high < alpha);
}

import type { Period } from '../../report/results.js';

/** The first and the last of the times that can be read; undefined if there is none. */
export function periodOf(times: readonly (string | null)[]): Period | undefined {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  let answers = 0;
  for (const time of times) {
    const at = time === null ? Number.NaN : Date.parse(time);
    if (Number.isNaN(at)) continue;
    answers++;
    if (at < first) first = at;
    if (at > last) last = at;
  }
  if (answers === 0) return undefined;
  return { first: new Date(first).toISOString(), last: new Date(last).toISOString(), answers };
}

import { maxOf } from '../../../support/extremes.js';

/**
 * What a failed request for log-probabilities tells: `refused`: the endpoint says that it does not give (so many of) them, `most` is
 * what it may be asked for from now on, `named` whether it named that number; `failed`: it may be because of them. Null: it is not.
 */
export type Lesson = { kind: 'refused'; most: number; named: boolean } | { kind: 'failed' } | null;

/** Failures of another kind: no key, no credit, too slow, too large, too many requests, overloaded. */
const OTHER = [401, 402, 407, 408, 413, 429, 503, 504, 529];

/**
 * Reads a failure of a request with `top` alternatives a token. `status` undefined: the connection broke, or what came was no answer.
 * A refusal must speak of log-probabilities; a server error may do so for one answer only, so it teaches nothing for good.
 */
export function logprobsLesson(status: number | undefined, message: string, top: number): Lesson {
  const named = /log[-_ ]?prob/i.test(message);
  if (status !== undefined && named && (status < 500 || status === 501)) return refusalOf(message, top);
  return named || status === undefined || !OTHER.includes(status) ? { kind: 'failed' } : null;
}

/** A number that is named as the limit. */
const LIMIT =
  /(?:at most|up to|(?:no|not) more than|less than or equal to|lower than or equal to|max(?:imum)?(?: (?:allowed|value|of|is|number))*:?|exceed|<=|≤|between \[?\d+ ?(?:and|,|-|<= \w+ <=)|\[\d+,) *[`'"]?(\d+)/gi;
/** The field is not known or not given at all, as against a value out of its range. */
const NONE =
  /\b(not|n't|cannot|unsupported|unknown|unrecogni[sz]ed|disabled|extra|forbidden|no longer|unexpected|additional)\b/i;
const VALUE =
  /too (large|high|big|many|much)|invalid value|out of range|exceed|greater|larger|maximum|less than|between/i;
/** Fewer alternatives that endpoints are known to give. */
const STEPS = [20, 10, 5];

function refusalOf(message: string, top: number): Lesson {
  const limits = [...message.matchAll(LIMIT)].map(([, digits]) => Number(digits)).filter((k) => k >= 1 && k < top);
  if (limits.length > 0) return { kind: 'refused', most: maxOf(limits), named: true };
  const step = STEPS.find((k) => k < top) ?? 0;
  return { kind: 'refused', most: VALUE.test(message) && !NONE.test(message) ? step : 0, named: false };
}

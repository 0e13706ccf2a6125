import { maxOf } from '../../../support/extremes.js';

/**
 * What a failed request for log-probabilities teaches. `refused`: the endpoint says that it returns none or fewer;
 * `most` is the number it may be asked for from now on, `named` says whether its message contained that number.
 * `failed`: log-probabilities may be the reason. Null: they are not.
 */
export type Lesson = { kind: 'refused'; most: number; named: boolean } | { kind: 'failed' } | null;

/** Statuses with another reason: no key, no credit, too slow, too large, too many requests, overloaded. */
const OTHER = [401, 402, 407, 408, 413, 429, 503, 504, 529];

/**
 * Classifies the failure of a request with `top` alternatives per token. `status` is undefined if the connection broke
 * or the reply was not an answer. A refusal must mention log-probabilities. A server error may mention them for one
 * answer only, so it sets no permanent limit.
 */
export function logprobsLesson(status: number | undefined, message: string, top: number): Lesson {
  const named = /log[-_ ]?prob/i.test(message);
  if (status !== undefined && named && (status < 500 || status === 501)) return refusalOf(message, top);
  return named || status === undefined || !OTHER.includes(status) ? { kind: 'failed' } : null;
}

/** Matches a number that a message names as the limit. */
const LIMIT = new RegExp(
  [
    '(?:at most|up to|(?:no|not) more than|less than or equal to|lower than or equal to',
    String.raw`|max(?:imum)?(?: (?:allowed|value|of|is|number))*:?|exceed|<=|≤|between \[?\d+ ?(?:and|,|-|<= \w+ <=)`,
    '|\\[\\d+,) *[`\'"]?(\\d+)',
  ].join(''),
  'gi',
);
/** Matches a refusal of the field itself, as opposed to a refusal of its value. */
const NONE =
  /\b(not|n't|cannot|unsupported|unknown|unrecogni[sz]ed|disabled|extra|forbidden|no longer|unexpected|additional)\b/i;
const VALUE =
  /too (large|high|big|many|much)|invalid value|out of range|exceed|greater|larger|maximum|less than|between/i;
/** Limits of known endpoints, tried in this order when a refusal names no number. */
const STEPS = [20, 10, 5];

function refusalOf(message: string, top: number): Lesson {
  const limits = [...message.matchAll(LIMIT)].map(([, digits]) => Number(digits)).filter((k) => k >= 1 && k < top);
  if (limits.length > 0) return { kind: 'refused', most: maxOf(limits), named: true };
  const step = STEPS.find((k) => k < top) ?? 0;
  return { kind: 'refused', most: VALUE.test(message) && !NONE.test(message) ? step : 0, named: false };
}

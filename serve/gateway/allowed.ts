import { VouchError } from '../../support/errors.js';
import { apiOf } from './apis/list.js';

/** A path that no server reads as another one: no escapes, parameters, doubled or closing slashes, no steps upwards. */
const PLAIN = /^(?:\/[\w~@:-][\w.~@:-]*)+$/;

/** What passes under --strict though nothing is scored there: lists of models, and what holds no answer. */
const HARMLESS: readonly [method: RegExp, path: RegExp][] = [
  [/^(?:GET|HEAD)$/, /^(?:\/v1)?\/models(?:\/|$)/],
  [/^POST$/, /^(?:\/v1)?\/(?:embeddings|moderations|messages\/count_tokens)$/],
];

/**
 * Whether a request may pass under --strict: to an API whose answers are scored, to what holds none, to what was allowed; each only
 * by its plain path, as a server may read another spelling as the same. Errors: NOT_FOUND.
 */
export function checkAllowed(method: string, path: string, more: readonly string[]): void {
  const api = apiOf(path);
  const scored = method === 'POST' && api !== undefined && api === apiOf(path.toLowerCase());
  const known = scored || more.includes(path) || HARMLESS.some((each) => each[0].test(method) && each[1].test(path));
  if (known && PLAIN.test(path)) return;
  throw new VouchError('NOT_FOUND', 'this path does not pass under --strict', {
    expected: 'an API whose answers are scored, in its plain spelling, or a path of --allow-path',
    got: `${method} ${path}`,
  });
}

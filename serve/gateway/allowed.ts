import { VouchError } from '../../support/errors.js';
import { apiOf } from './apis/list.js';

/**
 * A path that every server reads the same way: without escapes, parameters, double or trailing slashes, or steps
 * upwards.
 */
const PLAIN = /^(?:\/[\w~@:-][\w.~@:-]*)+$/;

/**
 * What passes under --strict although it is not scored: lists of models, and requests whose replies contain no answer.
 */
const HARMLESS: readonly [method: RegExp, path: RegExp][] = [
  [/^(?:GET|HEAD)$/, /^(?:\/v1)?\/models(?:\/|$)/],
  [/^POST$/, /^(?:\/v1)?\/(?:embeddings|moderations|messages\/count_tokens)$/],
];

/**
 * Whether a request may pass under --strict: to an API whose answers are scored, to a path whose replies contain no
 * answer, or to an allowed path. Only the plain spelling of a path passes, because a server may treat another spelling
 * as the same path. Errors: NOT_FOUND.
 */
export function checkAllowed(method: string, path: string, more: readonly string[]): void {
  const api = apiOf(path);
  const scored = method === 'POST' && api !== undefined && api === apiOf(path.toLowerCase());
  const known = scored || more.includes(path) || HARMLESS.some((each) => each[0].test(method) && each[1].test(path));
  if (known && PLAIN.test(path)) return;
  throw new VouchError('NOT_FOUND', 'this path is not allowed under --strict', {
    expected: 'the plain path of an API whose answers are scored, or a path from --allow-path',
    got: `${method} ${path}`,
  });
}

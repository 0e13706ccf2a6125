import { VouchError } from '../../support/errors.js';
import { checkPlugin } from '../../support/plugins/plugin.js';
import { MOST } from '../dynamic.js';
import { needs } from '../needs.js';
import { patternGroups } from '../pattern.js';
import type { SignalPlugin } from './signal-plugin.js';

/** What the author of a signal states; the rest has defaults. */
export type SignalInput = Omit<SignalPlugin, 'kind' | 'says' | 'towards'> &
  Partial<Pick<SignalPlugin, 'says' | 'towards'>>;

/**
 * Defines a signal: `of` computes its number from an answer, within `range`, or returns null where it is missing. It is
 * not called where `needs` was not recorded. It must be a pure function of what it is given. Errors: BAD_USAGE with the
 * field.
 */
export function defineSignal(given: SignalInput): SignalPlugin {
  return checkSignal({ says: 'A signal of a plug-in.', towards: 'either', ...given, kind: 'signal' });
}

/** Checks a signal, also one that a module wrote as a plain object. Error: BAD_USAGE with the field. */
export function checkSignal(plugin: SignalPlugin): SignalPlugin {
  const { name, range } = checkPlugin(plugin) as SignalPlugin;
  const bad = (field: string, expected: string, got: unknown) =>
    new VouchError('BAD_USAGE', 'this signal is not complete', { field: `${name}.${field}`, expected, got });
  const parts = name.split('.');
  if (parts.length < 2 || /^(log|logit)$/.test(parts.at(-1) as string))
    throw bad('name', 'at least two parts, such as acme.digits; the last one not log or logit', name);
  if (['plugin', ...patternGroups].includes(parts[0] as (typeof patternGroups)[number]))
    throw bad('name', 'another first part; this one belongs to vouch', name);
  if (!needs.includes(plugin.needs)) throw bad('needs', needs.join(', '), plugin.needs);
  const isRange = Array.isArray(range) && range.length === 2 && range.every((end) => Math.abs(end) <= MOST);
  if (!isRange || !(range[0] < range[1])) throw bad('range', `[least, greatest], within ±${MOST}`, range);
  if (typeof plugin.of !== 'function') throw bad('of', 'a function', plugin.of);
  return plugin;
}

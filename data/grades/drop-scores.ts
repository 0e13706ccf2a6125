import { type Fields, isObject } from '../check-value.js';

/**
 * Takes the named scores that a log holds out of an answer that is only to be scored: they may be on any scale, and need not be
 * grades at all. Labels without a name are checked as ever.
 */
export function dropScores(fields: Fields): void {
  if (!Array.isArray(fields.labels)) return;
  fields.labels = fields.labels.filter((label) => !isObject(label) || label.name == null);
}

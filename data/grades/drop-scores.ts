import { type Fields, isObject } from '../check-value.js';

/**
 * Removes the named scores of a log from an answer that is only to be scored. They may be on any scale, and need not be
 * grades at all. Labels without a name are checked as usual.
 */
export function dropScores(fields: Fields): void {
  if (!Array.isArray(fields.labels)) return;
  fields.labels = fields.labels.filter((label) => !isObject(label) || label.name == null);
}

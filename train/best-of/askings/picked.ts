import type { Asking } from './askings.js';
import type { Candidate } from './candidate.js';

/**
 * An answer that was picked from others which are not here; undefined if there is none. `collect` marks what it chose,
 * but writes all attempts, the first one too, so its choice can be made again. Without them the prompts, or the answers
 * to them, are those that an earlier score led to.
 */
export function pickedIn({ draws, attempts }: Asking): Candidate | undefined {
  const all = [...new Set([...draws, ...attempts])];
  const isWhole = all.some(({ kind }) => kind === 'first');
  return all.find(
    ({ sample, kind, record }) => sample === null && record.selected === true && !(isWhole && kind !== null),
  );
}

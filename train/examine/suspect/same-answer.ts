import { HASHES } from './fingerprint.js';
import type { Prints } from './prints.js';

/**
 * Rows that repeat another row: `rows` counts those after the first of each set, `acrossGroups` those in another group
 * than the first.
 */
interface Duplicates {
  sets: number;
  rows: number;
  acrossGroups: number;
  /** Row numbers of the largest sets. */
  examples: number[][];
}

/** Rows with the same prompt, context, answer and model. */
export function duplicates(prints: Prints, group: Int32Array, most: number): Duplicates {
  const sets = repeated(prints, 0);
  const others = sets.flatMap(([first, ...rest]) => rest.map((row) => group[row] !== group[first]));
  return {
    sets: sets.length,
    rows: others.length,
    acrossGroups: others.filter(Boolean).length,
    examples: largest(sets, most),
  };
}

/**
 * The same answers to the same question, of which some are labelled right and some wrong. At least one label of each
 * set is wrong.
 */
interface Conflicts {
  sets: number;
  rows: number;
  /** The number of labels that would have to change so that each set agrees: the smaller side of each. */
  wrongAtLeast: number;
  examples: number[][];
}

/**
 * Rows with the same prompt, context and normalised answer that have labels 0 and 1. Soft labels state their own
 * uncertainty, so they are left out.
 */
export function conflicts(prints: Prints, y: Float64Array, most: number): Conflicts {
  const sets = repeated(prints, 1)
    .map((rows) => rows.filter((row) => y[row] === 0 || y[row] === 1))
    .filter((rows) => rows.some((row) => y[row] !== y[rows[0]]));
  const right = (rows: number[]) => rows.filter((row) => y[row] === 1).length;
  return {
    sets: sets.length,
    rows: sets.reduce((sum, rows) => sum + rows.length, 0),
    wrongAtLeast: sets.reduce((sum, rows) => sum + Math.min(right(rows), rows.length - right(rows)), 0),
    examples: largest(sets, most),
  };
}

/**
 * Rows that share a hash with another row, in order, by set. It takes two passes, because one list per row would need
 * far more memory than the hashes.
 */
function repeated({ n, hashes }: Prints, which: 0 | 1): number[][] {
  const once = new Set<number>();
  const sets = new Map<number, number[]>();
  for (let row = 0; row < n; row++) {
    const hash = hashes[row * HASHES + which];
    if (Number.isNaN(hash)) continue;
    if (once.has(hash)) sets.set(hash, []);
    else once.add(hash);
  }
  for (let row = 0; row < n && sets.size > 0; row++) sets.get(hashes[row * HASHES + which])?.push(row);
  return [...sets.values()].sort((a, b) => a[0] - b[0]);
}

function largest(sets: number[][], most: number): number[][] {
  return [...sets].sort((a, b) => b.length - a.length).slice(0, most);
}

import { foldsByGroup } from '../data/split.js';
import type { Random } from '../support/random.js';

/**
 * One outer fold: rows held out, and for each member the rows it is fitted and stopped on. No question is in two of
 * them.
 */
export interface NestedFold {
  held: Int32Array;
  members: { fit: Int32Array; stop: Int32Array }[];
}

/** Five outer folds by question. Within each, the members stop on different sevenths of its questions. */
export function nestedFolds(groups: string[], cells: string[], members: number, random: Random): NestedFold[] {
  const outer = foldsByGroup(groups, 5, random.fork('outer'), cells);
  const all = Int32Array.from(groups.keys());
  return [0, 1, 2, 3, 4].map((k) => {
    const rows = all.filter((i) => outer[i] !== k);
    const own = (of: string[]) => Array.from(rows, (i) => of[i]);
    const inner = foldsByGroup(own(groups), 7, random.fork(`inner ${k}`), own(cells));
    return {
      held: all.filter((i) => outer[i] === k),
      members: Array.from({ length: members }, (_, m) => ({
        fit: rows.filter((_, i) => inner[i] !== m),
        stop: rows.filter((_, i) => inner[i] === m),
      })),
    };
  });
}

import type { Logged } from '../data/token-list.js';
import type { Annotator } from './annotator.js';

type Annotate = <R extends Logged>(records: readonly R[]) => Promise<R[]>;

/**
 * How records are read for a bundle that names these encoders: with those of `run` that the caller gave, and with the
 * bundle's `sameAt` in cosines that a record brought along without one. Undefined if the bundle names none.
 */
export function annotateFor(
  encoders: readonly { name: string; sameAt?: number }[] = [],
  annotator: Annotator | undefined,
  run = encoders,
): Annotate | undefined {
  if (encoders.length === 0) return undefined;
  const used = run.length === 0 ? undefined : annotator?.only(run);
  return async (records) => {
    const annotated = used === undefined ? records : await used.annotate(records);
    return annotated.map((record) => withSameAt(record, encoders));
  };
}

function withSameAt<R extends Logged>(record: R, encoders: readonly { name: string; sameAt?: number }[]): R {
  let changed: R | undefined;
  for (const { name, sameAt } of encoders) {
    const cosines = (changed ?? record).similarities?.[name];
    if (sameAt === undefined || cosines == null || cosines.sameAt != null) continue;
    changed = { ...record, similarities: { ...(changed ?? record).similarities, [name]: { ...cosines, sameAt } } };
  }
  return changed ?? record;
}

import { identityOf } from '../../../features/vectors/vector-rows.js';
import { digestOf } from '../../../support/digest.js';
import type { Sheet } from '../sheet.js';
import type { Job, Result } from './jobs.js';
import { type Keeping, keptOr } from './kept-or.js';
import type { Pool } from './pool.js';

interface KeepingFits extends Keeping {
  /** Everything else on which results depend: versions and backend. */
  made: Record<string, string>;
}

/**
 * A pool that stores its fits, so that after a late fault or a kill only the unfinished fits must be repeated. A fit is
 * identified by everything that it reads: the sheet, the job, `made`. So a stored fit is used only for the same fit,
 * whatever else has changed.
 */
export function keepingPool(pool: Pool, { made, ...keeping }: KeepingFits): Pool {
  const sheets = new WeakMap<Sheet, string>();
  const find = keptOr(keeping);
  const keyOf = (sheet: Sheet, job: Job): string => {
    let digest = sheets.get(sheet);
    if (digest === undefined) sheets.set(sheet, (digest = digestOf(identity(sheet))));
    return digestOf([made, digest, job]);
  };
  return {
    run: <T extends Job>(sheet: Sheet, job: T): Promise<Result<T>> =>
      find(keyOf(sheet, job), () => pool.run(sheet, job)),
    close: () => pool.close(),
  };
}

/** What a later run compares of a sheet. Its vectors may be in a file whose number differs from run to run. */
function identity(sheet: Sheet): unknown {
  if (sheet.vectors === null) return sheet;
  const { shapes, values } = sheet.vectors;
  return { ...sheet, vectors: { shapes, values: values.map(identityOf) } };
}

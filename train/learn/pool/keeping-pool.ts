import { digestOf } from '../../../support/digest.js';
import type { Sheet } from '../sheet.js';
import type { Job, Result } from './jobs.js';
import type { KeptFits } from './kept-fits.js';
import type { Pool } from './pool.js';

interface Keeping {
  kept: KeptFits;
  /** Whether stored fits are used instead of fitting again. */
  resume: boolean;
  /** Everything else on which results depend: versions and backend. */
  made: Record<string, string>;
  /** Called once if no more fits can be stored. */
  onFault: (error: unknown) => void;
}

/**
 * A pool that stores its fits, so that after a late fault or a kill only the unfinished fits must be repeated. A fit is
 * identified by everything that it reads: the sheet, the job, `made`. So a stored fit is used only for the same fit,
 * whatever else has changed.
 */
export function keepingPool(pool: Pool, { kept, resume, made, onFault }: Keeping): Pool {
  const sheets = new WeakMap<Sheet, string>();
  let isKeeping = true;
  const keyOf = (sheet: Sheet, job: Job): string => {
    let digest = sheets.get(sheet);
    if (digest === undefined) sheets.set(sheet, (digest = digestOf(sheet)));
    return digestOf([made, digest, job]);
  };
  return {
    run: async <T extends Job>(sheet: Sheet, job: T): Promise<Result<T>> => {
      const key = keyOf(sheet, job);
      const before = resume ? await kept.take(key) : undefined;
      if (before !== undefined) return before as Result<T>;
      const result = await pool.run(sheet, job);
      if (!isKeeping) return result;
      await kept.keep(key, result).catch((error: unknown) => {
        if (isKeeping) onFault(error);
        isKeeping = false;
      });
      return result;
    },
    close: () => pool.close(),
  };
}

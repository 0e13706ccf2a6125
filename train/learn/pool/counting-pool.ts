import type { Progress } from '../../../support/progress.js';
import type { Pool } from './pool.js';

/** A pool that counts its fits: one more to do when a fit is asked for, one more done when it is finished. */
export function countingPool(pool: Pool, progress: Progress): Pool {
  return {
    run: async (sheet, job) => {
      progress.expect?.(1);
      const result = await pool.run(sheet, job);
      progress.add(1);
      return result;
    },
    close: () => pool.close(),
  };
}

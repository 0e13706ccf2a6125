import type { Job } from './jobs.js';
import type { Pool } from './pool.js';

/** Jobs that do not use tfjs, so that their results are the same in any thread. */
const WITHOUT_TFJS: ReadonlySet<Job['kind']> = new Set<Job['kind']>(['words', 'trees']);

/** A pool for a backend that one thread has: jobs that use tfjs are done by `device`, all others by `threads`. */
export function devicePool(device: Pool, threads: Pool): Pool {
  return {
    run: (sheet, job) => (WITHOUT_TFJS.has(job.kind) ? threads : device).run(sheet, job),
    close: async () => {
      await Promise.all([device.close(), threads.close()]);
    },
  };
}

import { trainPolicy } from '../../policy/train-policy.js';
import { openBackend } from '../../train/backend/ladder.js';
import { openPool } from '../../train/learn/pool/open-pool.js';
import type { Pool } from '../../train/learn/pool/pool.js';
import { stoppablePool } from '../../train/learn/pool/stoppable-pool.js';
import type { TrainOptions } from '../../train/options.js';
import type { RunOptions } from '../run-options.js';

/** The pool, the backend and the function of a run. */
interface Tools {
  pool: Pool;
  backend: { name: string; said: string };
  trainPolicy: typeof trainPolicy;
}

/**
 * Opens what training a policy needs and closes it after the work. It has its own module, so that tfjs is loaded only
 * when a run begins.
 */
export async function withPolicyTools<T>(
  { backend, threads }: Pick<TrainOptions, 'backend' | 'threads'>,
  { signal, onNote }: Pick<RunOptions, 'signal' | 'onNote'>,
  work: (tools: Tools) => Promise<T>,
): Promise<T> {
  const { tf, name, said } = await openBackend(backend);
  onNote?.({ about: 'backend', text: said });
  const opened = openPool({ tf, name }, threads);
  const pool = signal === undefined ? opened : stoppablePool(opened, signal);
  try {
    return await work({ pool, backend: { name, said }, trainPolicy });
  } finally {
    await pool.close();
  }
}

import { availableParallelism } from 'node:os';
import type { OpenBackend } from '../backend/ladder.js';
import { inlinePool, type Pool } from './pool.js';
import { threadPool } from './threads.js';

/** Most threads: each holds encoded rows of its own. */
const MOST_THREADS = 8;

/**
 * A pool for a backend: threads where it has one thread only (wasm, cpu) and there are cores to spare, else this thread.
 * `threads` 0 takes one a core.
 */
export function openPool({ tf, name }: Pick<OpenBackend, 'tf' | 'name'>, threads: number): Pool {
  const count = threads > 0 ? threads : Math.min(availableParallelism(), MOST_THREADS);
  return count > 1 && (name === 'wasm' || name === 'cpu') ? threadPool(count, name) : inlinePool(tf);
}

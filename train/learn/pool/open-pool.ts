import { availableParallelism } from 'node:os';
import type { OpenBackend } from '../../backend/ladder.js';
import type { TrainingData } from '../../prepare/training-data.js';
import { inlinePool, type Pool } from './pool.js';
import { threadPool } from './threads.js';

/** Most threads: each holds encoded rows of its own. */
const MOST_THREADS = 8;
/** What a fit holds of each number of the table: as recorded and encoded, or binned. */
const BYTES_A_NUMBER = 8;
/** What all threads together may hold of it. */
const MOST_BYTES = 1.5e9;

/**
 * A pool for a backend: threads where it has one thread only (wasm, cpu) and there are cores to spare, else this thread.
 * `threads` 0 takes one a core, fewer where `cells` (answers times signals) are so many that their fits would not fit into 1.5 GB.
 */
export function openPool({ tf, name }: Pick<OpenBackend, 'tf' | 'name'>, threads: number, numbers = 0): Pool {
  const count = threads > 0 ? threads : Math.min(availableParallelism(), threadsFor(numbers));
  return count > 1 && (name === 'wasm' || name === 'cpu') ? threadPool(count, name) : inlinePool(tf);
}

/** Threads whose fits fit into memory together. */
export function threadsFor(numbers: number): number {
  return Math.min(MOST_THREADS, Math.max(1, Math.floor(MOST_BYTES / (BYTES_A_NUMBER * Math.max(numbers, 1)))));
}

/** Answers times signals that vary among them: columns that do not are one array for each value (features/row-store.ts). */
export function numbersIn({ n, signals }: Pick<TrainingData, 'n' | 'signals'>): number {
  return n * new Set(signals.columns.values()).size;
}

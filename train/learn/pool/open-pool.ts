import { availableParallelism } from 'node:os';
import type { OpenBackend } from '../../backend/ladder.js';
import type { TrainingData } from '../../prepare/training-data.js';
import { devicePool } from './device-pool.js';
import { inlinePool, type Pool } from './pool.js';
import { threadPool } from './threads.js';

/** The most threads. Each has its own encoded rows. */
const MOST_THREADS = 8;
/** The bytes that a fit needs per number of the table: recorded and encoded, or binned. */
const BYTES_A_NUMBER = 8;
/** The most bytes for this in all threads together. */
const MOST_BYTES = 1.5e9;

/**
 * A pool for a backend. On backends with one thread (wasm, cpu) all jobs run in threads if there are several cores. On
 * the others, jobs that use tfjs run in this thread, which has the device, and all others in threads. `threads` 0 means
 * one per core, or fewer if the table has so many `numbers` (answers × signals) that the fits would not fit into 1.5
 * GB.
 */
export function openPool({ tf, name }: Pick<OpenBackend, 'tf' | 'name'>, threads: number, numbers = 0): Pool {
  const count = threads > 0 ? threads : Math.min(availableParallelism(), threadsFor(numbers));
  if (count <= 1) return inlinePool(tf);
  if (name === 'wasm' || name === 'cpu') return threadPool(count, name);
  // the kernels of libtensorflow take a core themselves
  return devicePool(inlinePool(tf), threadPool(name === 'libtensorflow' ? count - 1 : count, 'cpu'));
}

/** The number of threads whose fits fit into memory together. */
export function threadsFor(numbers: number): number {
  return Math.min(MOST_THREADS, Math.max(1, Math.floor(MOST_BYTES / (BYTES_A_NUMBER * Math.max(numbers, 1)))));
}

/** Answers × signals that vary. Columns that do not vary need one array for each value (features/row-store.ts). */
export function numbersIn({ n, signals }: Pick<TrainingData, 'n' | 'signals'>): number {
  return n * new Set(signals.columns.values()).size;
}

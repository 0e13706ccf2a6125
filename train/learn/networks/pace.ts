import type { LoopOptions } from './loop-options.js';

/** Steps an epoch may take before its batches double, and the largest batch. */
const MOST_STEPS = 64;
const MOST_BATCH = 1024;
/** Fewest epochs, however many rows. */
const FEWEST_EPOCHS = 6;

/** What of the loop depends on the number of rows. */
type Pace = Pick<LoopOptions, 'batch' | 'epochs' | 'patience' | 'learningRate'>;

/**
 * The pace of the loop for n rows: batches double with the rows up to 1024, the rate grows with the square root of the
 * batch (Malladi et al. 2022, the scaling rule of Adam), the epochs are held to `passes` rows in all, the patience to a
 * third of them.
 */
export function pace(n: number, options: LoopOptions): Pace {
  let { batch } = options;
  while (n / batch > MOST_STEPS && 2 * batch <= MOST_BATCH) batch *= 2;
  const most = Math.max(FEWEST_EPOCHS, Math.floor((options.passes ?? Number.POSITIVE_INFINITY) / n));
  const epochs = Math.min(options.epochs, most);
  const patience = Math.min(options.patience, Math.ceil(epochs / 3));
  return { batch, epochs, patience, learningRate: options.learningRate * Math.sqrt(batch / options.batch) };
}

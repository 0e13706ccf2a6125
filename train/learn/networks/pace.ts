import type { LoopOptions } from './loop-options.js';

/** If an epoch would take more steps, batches are doubled, up to the largest batch. */
const MOST_STEPS = 64;
const MOST_BATCH = 1024;
/** The smallest number of epochs, for any number of rows. */
const FEWEST_EPOCHS = 6;

/** The options of the loop that depend on the number of rows. */
type Pace = Pick<LoopOptions, 'batch' | 'epochs' | 'patience' | 'learningRate'>;

/**
 * The pace of the loop for n rows. Batches grow with the number of rows, up to 1024. The learning rate grows with the
 * square root of the batch (Malladi et al. 2022, the scaling rule of Adam). All epochs together take at most `passes`
 * rows, and the patience is at most a third of the epochs.
 */
export function pace(n: number, options: LoopOptions): Pace {
  let { batch } = options;
  while (n / batch > MOST_STEPS && 2 * batch <= MOST_BATCH) batch *= 2;
  const most = Math.max(FEWEST_EPOCHS, Math.floor((options.passes ?? Number.POSITIVE_INFINITY) / n));
  const epochs = Math.min(options.epochs, most);
  const patience = Math.min(options.patience, Math.ceil(epochs / 3));
  return { batch, epochs, patience, learningRate: options.learningRate * Math.sqrt(batch / options.batch) };
}

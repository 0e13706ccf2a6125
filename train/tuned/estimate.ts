import type { Bert } from '../../models/bert/bert.js';
import type { Tf } from '../../models/networks/types.js';
import type { Random } from '../../support/random.js';
import type { Frozen } from './frozen.js';
import { STEP_WORK } from './loop.js';
import type { TunedOptions } from './options.js';
import { untunedInputs } from './probe.js';

/** Batches that are measured. The first one warms up and does not count. */
const MEASURED = 4;

interface EstimateOptions {
  tf: Tf;
  bert: Bert;
  frozen: Frozen;
  n: number;
  options: TunedOptions;
  random: Random;
}

/**
 * Seconds that a run over n answers will take if every fit runs all epochs: each answer passes once through all layers,
 * and in each epoch of a fit three times through the trained ones. Measured on a few random batches, which `frozen`
 * keeps.
 */
export async function estimatedSeconds({ tf, bert, frozen, n, options, random }: EstimateOptions): Promise<number> {
  const { batch, layers, folds, epochs } = options;
  const order = random.shuffle(Int32Array.from({ length: n }, (_, row) => row));
  const perRow: number[] = [];
  for (let k = 0; k < MEASURED && k * batch < n; k++) {
    const rows = order.slice(k * batch, (k + 1) * batch);
    const begun = performance.now();
    await untunedInputs(tf, bert, { frozen, trained: layers, rows, batch, onRows: () => {} });
    perRow.push((performance.now() - begun) / 1000 / rows.length);
  }
  const counted = perRow.length > 1 ? perRow.slice(1) : perRow;
  const mean = counted.reduce((sum, each) => sum + each, 0) / counted.length;
  const fits = folds; // folds − 1 of each fold's rows, and one fit of all
  return n * mean * (1 + (fits * epochs * STEP_WORK * layers) / bert.layers.length);
}

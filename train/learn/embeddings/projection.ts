import type { Member, Tf } from '../../../models/networks/types.js';
import { pick } from '../../../support/pick.js';
import type { Random } from '../../../support/random.js';
import type { EmbeddingOptions } from '../../options.js';
import type { StreamedRows } from '../encoded-rows.js';
import type { Linear } from '../logistic/newton.js';
import { fitMember } from '../networks/loop.js';
import type { Labelled } from './ridge.js';

/** How a projection is fitted. `start`: the logistic regression that it begins as. */
interface ProjectionOptions {
  tf: Tf;
  width: number;
  options: EmbeddingOptions;
  /** At most this many epochs. */
  epochs: number;
  start: Linear;
  random: Random;
}

/**
 * Fits a projection of the vectors to `width` hidden units (SiLU) and a logit, next to a logistic regression that it
 * begins as, so that the units learn only what a linear function cannot express. Returns the parameters (weights,
 * biases, heads, intercept, linear weights) and the logits of `watch` before the first epoch and after each epoch.
 * Memory: that of the loop.
 */
export async function fitProjection(
  fit: Labelled,
  watch: Int32Array,
  { tf, width, options, epochs, start, random }: ProjectionOptions,
): Promise<{ member: Member; trail: Float32Array[] }> {
  const { learningRate, decay, batch, patience } = options;
  return fitMember({
    tf,
    architecture: { inputs: fit.unit.inputs, hidden: [width], skip: true },
    fitRows: streamed(fit),
    watch: streamed({ ...fit, rows: watch }),
    options: { learningRate, decay, batch, patience, epochs, dropout: 0, averaging: 0.95 },
    random,
    from: start,
  });
}

function streamed({ unit, rows, y, w }: Labelled): StreamedRows {
  const read = (i: number, x: Float32Array, at: number) => x.set(unit.row(rows[i]), at);
  return { y: pick(y, rows), w: pick(w, rows), read };
}

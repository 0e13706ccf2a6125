import { type Encoder, encodedWidth } from '../../../models/encoder.js';
import type { Architecture, Member, Tf } from '../../../models/networks/types.js';
import { random } from '../../../support/random.js';
import { encodedRows } from '../logistic/linear.js';
import type { Linear } from '../logistic/newton.js';
import type { Extra, Sheet } from '../sheet.js';
import type { Watching } from '../watching.js';
import { fitMember } from './loop.js';
import type { LoopOptions } from './loop-options.js';

/**
 * Fits one network on `rows` for `loop.epochs` epochs, or fewer if the log-loss on `watch` (other questions) no longer
 * falls.
 */
export interface NetworkJob {
  kind: 'network';
  rows: Int32Array;
  watch: Int32Array;
  extra: Extra;
  encoder: Encoder;
  architecture: Omit<Architecture, 'inputs'>;
  loop: LoopOptions;
  /** The linear solution that the skip connection starts from. */
  start: Linear;
  seed: string;
  watching?: Watching;
}

export interface NetworkFit {
  architecture: Architecture;
  member: Member;
  /** Logits of `watch` before the first epoch and after each epoch. */
  trail: Float32Array[];
  ends: number[];
}

export async function fitNetwork(tf: Tf, sheet: Sheet, job: NetworkJob): Promise<NetworkFit> {
  const { rows, watch, extra, encoder, loop, start, seed, watching } = job;
  const architecture = { ...job.architecture, inputs: encodedWidth(encoder) };
  const [fit, seen] = [rows, watch].map((each) => encodedRows(sheet, extra, encoder, each));
  const { member, trail, ends } = await fitMember({
    tf,
    architecture,
    fitRows: fit,
    watch: seen,
    options: loop,
    random: random(seed),
    from: start,
    watching,
  });
  return { architecture, member, trail, ends };
}

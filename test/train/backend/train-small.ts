import type { Architecture, Tf } from '../../../models/networks/types.js';
import { random } from '../../../support/random.js';
import type { EncodedRows } from '../../../train/learn/encoded-rows.js';
import { fitMember } from '../../../train/learn/networks/loop.js';
import { logitsOfMember } from '../../support/logits-of-member.js';

const architecture: Architecture = { inputs: 12, hidden: [32, 16], skip: true };
const options = { learningRate: 2e-3, decay: 3e-2, batch: 64, epochs: 5, patience: 5, dropout: 0.2 };

/** Rows whose label depends on two inputs and a product; the same for the same seed. */
function rowsOf(n: number, seed: string): EncodedRows {
  const draw = random(seed);
  const x = Float32Array.from({ length: n * architecture.inputs }, () => draw.normal());
  const y = Float64Array.from({ length: n }, (_, i) => {
    const at = i * architecture.inputs;
    return x[at] - 0.5 * x[at + 1] + x[at + 2] * x[at + 3] + draw.normal() > 0 ? 1 : 0;
  });
  return { x, y, w: new Float64Array(n).fill(1) };
}

export interface TrainedSmall {
  /** All parameters of the best epoch, one after the other. */
  parameters: number[];
  loss: number;
  epochs: number;
  logits: number[];
}

/** Trains one small network by vouch's own loop on whatever backend tfjs runs on now: the same seed, rows and order each time. */
export async function trainSmall(tf: Tf): Promise<TrainedSmall> {
  const fit = rowsOf(640, 'fit');
  const stop = rowsOf(160, 'stop');
  const { member, loss, epochs } = await fitMember({
    tf,
    architecture,
    fitRows: fit,
    watch: stop,
    options,
    random: random('small'),
  });
  const logits = Array.from(await logitsOfMember(tf, architecture, member, stop.x));
  return { parameters: member.flatMap((part) => Array.from(part)), loss, epochs, logits };
}

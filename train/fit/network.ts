import { type Encoder, encode, encodedWidth } from '../../models/encoder.js';
import type { Architecture, Member, Tf } from '../../models/networks/network.js';
import type { Logits } from '../../models/numbers.js';
import { random } from '../../support/random.js';
import { fitMember, type LoopOptions, logitsOfMember } from '../loop.js';
import { fitRidge, type Linear } from '../newton.js';
import { encodedRows } from './linear.js';
import { numericWith, type Sheet } from './sheet.js';

/** One member of a network: fitted on `fit`, stopped on `stop`; no question is in both. */
export interface NetworkTask {
  kind: 'network';
  fit: Int32Array;
  stop: Int32Array;
  held: Int32Array;
  extra: Float32Array | null;
  encoder: Encoder;
  architecture: Omit<Architecture, 'inputs'>;
  loop: LoopOptions;
  /** Ridge penalty and nearby solution that the straight path starts from. */
  penalty: number;
  near: Linear;
  seed: string;
}

export interface NetworkFit {
  architecture: Architecture;
  member: Member;
  logits: Logits;
}

/** Starts the straight path at the ridge solution of its own fitting rows, then trains. */
export async function fitNetwork(tf: Tf, sheet: Sheet, task: NetworkTask): Promise<NetworkFit> {
  const { fit, stop, held, extra, encoder, loop, penalty, near, seed } = task;
  const numeric = numericWith(sheet, extra);
  const architecture = { ...task.architecture, inputs: encodedWidth(encoder) };
  const fitRows = encodedRows(sheet, numeric, encoder, fit);
  const start = await fitRidge(tf, architecture.inputs, fitRows, penalty, near);
  const stopRows = encodedRows(sheet, numeric, encoder, stop);
  const { member } = await fitMember(tf, architecture, fitRows, stopRows, loop, random(seed), start);
  const x = encode(encoder, numeric, sheet.categories, held);
  const logits = Float64Array.from(await logitsOfMember(tf, architecture, member, x));
  return { architecture, member, logits };
}

import { forward, parameterShapes } from '../../models/networks/network.js';
import type { Architecture, Member, Tf } from '../../models/networks/types.js';
import { flatten, split } from '../../train/learn/networks/parameters.js';

/** The logits of one member for encoded rows [n, d]. For an ensemble: the mean of its members' logits. */
export async function logitsOfMember(
  tf: Tf,
  architecture: Architecture,
  member: Member,
  x: Float32Array,
): Promise<Float32Array> {
  const d = architecture.inputs;
  const flat = tf.tensor1d(flatten(member));
  const logit = tf.tidy(() => {
    const rows = tf.tensor2d(x, [x.length / d, d]);
    const each = forward(tf, architecture, split(tf, flat, parameterShapes(architecture)), rows, []).logit; // [n, k]
    return tf.mean(each, 1);
  });
  const logits = (await logit.data()) as Float32Array;
  tf.dispose([flat, logit]);
  return logits;
}

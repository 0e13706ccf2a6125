import { sigmoid } from '../../../models/numbers.js';
import { random } from '../../../support/random.js';

/** n logits, normal with deviation 2, and labels drawn from σ(slope·z + offset); weight 1 each. */
export function drawn(seed: string, n: number, slope: number, offset: number) {
  const draw = random(seed);
  const logits = Float64Array.from({ length: n }, () => 2 * draw.normal());
  const y = logits.map((z) => (draw.next() < sigmoid(slope * z + offset) ? 1 : 0));
  return { logits, y, w: new Float64Array(n).fill(1) };
}

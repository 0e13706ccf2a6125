import { type InferenceSession, Tensor } from 'onnxruntime-node';
import type { Manifest } from '../../models/bundle/manifest.js';
import { random } from '../../support/random.js';
import { type Direct, directOf } from './direct.js';

/** Rows compared at opening, and how far a probability may lie from the graph's. */
const ROWS = 16;
const TOLERANCE = 2e-6;

/**
 * The direct way to score one row, if it says what the graph says: compared on rows of random numbers, some missing and some
 * huge, each time a scorer opens. Null where it does not, or where the model was not written here: the graph then does it all.
 */
export async function checkedDirect(
  model: Uint8Array,
  session: InferenceSession,
  { signals }: Pick<Manifest, 'signals'>,
): Promise<Direct | null> {
  const direct = directOf(model);
  if (direct === null) return null;
  const d = signals.numeric.length;
  const c = signals.categorical.length;
  const draw = random('direct');
  const features = Float32Array.from({ length: ROWS * d }, (_, i) =>
    draw.next() < 0.2 ? Number.NaN : draw.normal() * 10 ** ((i % 9) - 4),
  );
  const categories = Int32Array.from({ length: ROWS * c }, (_, i) =>
    draw.int(signals.categorical[i % c].vocabulary.length + 1),
  );
  const feeds: Record<string, Tensor> = { features: new Tensor('float32', features, [ROWS, d]) };
  if (c > 0) feeds.categories = new Tensor('int64', BigInt64Array.from(categories, BigInt), [ROWS, c]);
  const expected = (await session.run(feeds)).probability.data as Float32Array;
  for (let i = 0; i < ROWS; i++) {
    direct.features.set(features.subarray(i * d, (i + 1) * d));
    const { probability } = direct.score(categories.subarray(i * c, (i + 1) * c));
    if (!(Math.abs(probability - expected[i]) <= TOLERANCE)) return null;
  }
  return direct;
}

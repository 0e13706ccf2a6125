import { type InferenceSession, Tensor } from 'onnxruntime-node';
import { groupOfSignal } from '../../features/pattern.js';
import { embeddingInput } from '../../features/vectors/embeddings.js';
import type { Manifest } from '../../models/bundle/manifest.js';
import { hideable } from '../../models/pattern-table.js';
import { random } from '../../support/random.js';
import { unlessRefused } from '../../support/wasm/refused.js';
import { type Direct, directOf } from './direct.js';

/** Number of rows compared at opening, and how far a probability may be from the graph's. */
const ROWS = 64;
const TOLERANCE = 2e-6;

/**
 * One number in five is missing at random; in every other row also whole groups of signals, so that each predictor is
 * used.
 */
function isMissing(group: number, row: number, chance: number): boolean {
  return chance < 0.2 || (group >= 0 && row % 2 === 1 && ((row >> (group + 1)) & 1) === 1);
}

/**
 * The direct way to score one row, if it agrees with the graph. Both are compared on rows of random numbers, some
 * missing and some huge, each time a scorer opens. Null if they disagree, if vouch did not write the model, or if the
 * system refuses WebAssembly: then the graph scores all rows.
 */
export async function checkedDirect(
  model: Uint8Array,
  session: InferenceSession,
  { signals }: Pick<Manifest, 'signals'>,
): Promise<Direct | null> {
  const d = signals.numeric.length;
  const direct = unlessRefused(
    () => directOf(model, d),
    () => null,
  );
  if (direct === null) return null;
  const c = signals.categorical.length;
  const draw = random('direct');
  const groups = signals.numeric.map((name) => (hideable as readonly string[]).indexOf(groupOfSignal(name)));
  const features = Float32Array.from({ length: ROWS * d }, (_, i) =>
    isMissing(groups[i % d], Math.floor(i / d), draw.next()) ? Number.NaN : draw.normal() * 10 ** ((i % 9) - 4),
  );
  const length = signals.words?.length ?? 0;
  const words = Int32Array.from({ length: ROWS * length }, () => draw.int(2 * signals.words!.buckets + 1));
  const categories = Int32Array.from({ length: ROWS * c }, (_, i) =>
    draw.int(signals.categorical[i % c].vocabulary.length + 1),
  );
  const shapes = signals.embeddings ?? [];
  const embeddings = shapes.map(({ size }) =>
    Float32Array.from({ length: ROWS * size }, (_, i) => (Math.floor(i / size) % 3 === 2 ? Number.NaN : draw.normal())),
  );
  const feeds: Record<string, Tensor> = { features: new Tensor('float32', features, [ROWS, d]) };
  if (c > 0) feeds.categories = new Tensor('int64', BigInt64Array.from(categories, BigInt), [ROWS, c]);
  if (length > 0) feeds.words = new Tensor('int32', words, [ROWS, length]);
  shapes.forEach(({ name, size }, k) => {
    feeds[embeddingInput(name)] = new Tensor('float32', embeddings[k], [ROWS, size]);
  });
  const results = await session.run(feeds);
  const expected = results.probability.data as Float32Array;
  const shifts = results.shift.data as Float32Array;
  for (let i = 0; i < ROWS; i++) {
    direct.features.set(features.subarray(i * d, (i + 1) * d));
    direct.words.set(words.subarray(i * length, (i + 1) * length));
    shapes.forEach(({ size }, k) => {
      direct.embeddings[k].set(embeddings[k].subarray(i * size, (i + 1) * size));
    });
    const { probability, shift } = direct.score(categories.subarray(i * c, (i + 1) * c));
    if (!(Math.abs(probability - expected[i]) <= TOLERANCE)) return null;
    if (!(Math.abs(shift - shifts[i]) <= 1e-3 * (1 + shifts[i]))) return null;
  }
  return direct;
}

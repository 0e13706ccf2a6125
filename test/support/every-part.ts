import { InferenceSession, Tensor } from 'onnxruntime-node';
import { encodedWidth } from '../../models/encoder.js';
import { fitEncoder } from '../../models/fit-encoder.js';
import type { Model } from '../../models/model.js';
import { initMember } from '../../models/networks/network.js';
import type { Architecture } from '../../models/networks/types.js';
import { onGrid } from '../../models/trees/trees.js';
import { random } from '../../support/random.js';
import { predictorOf } from './model-of.js';

export const rows = 300;
const draw = random('read back');
export const schema = {
  topK: 5,
  numeric: ['text.words@1', 'text.chars@1', 'tokens.count@2', 'tokens.meanLogprob@2', 'stated@1'],
  categorical: [
    { name: 'model', vocabulary: ['a', 'b'] },
    { name: 'task', vocabulary: ['t', 'u', 'v'] },
  ],
  words: { length: 6, buckets: 10 },
};
export const d = schema.numeric.length;
export const numeric = Float32Array.from({ length: rows * d }, (_, i) =>
  draw.next() < (i % d > 1 && i % (2 * d) > d ? 1 : 0.1) ? Number.NaN : draw.normal() * 10 ** ((i % 4) - 1),
);
export const categories = Int32Array.from({ length: rows * 2 }, (_, i) => draw.int(i % 2 === 0 ? 3 : 4));
export const words = Int32Array.from({ length: rows * 6 }, () => draw.int(21));
const all = Array.from({ length: rows }, (_, i) => i);

/** A plain network and an ensemble, trees, lines and a band by cell; an expert for `free`; a text channel. */
export function everything(): Model {
  const wide = Float32Array.from({ length: rows * (d + 1) }, (_, i) =>
    i % (d + 1) < d ? numeric[Math.floor(i / (d + 1)) * d + (i % (d + 1))] : draw.normal(),
  );
  const withText = { ...schema, numeric: [...schema.numeric, 'words'] };
  const encoder = fitEncoder(wide, categories, all, withText);
  const inputs = encodedWidth(encoder);
  const network = (hidden: number[], more: Partial<Architecture> = {}) => {
    const architecture: Architecture = { inputs, hidden, skip: true, ...more };
    return { architecture, members: [initMember(architecture, 0.2, draw.fork(`${hidden}`))] };
  };
  const trees = {
    depth: 2,
    columns: Int32Array.of(0, 3, 6, 1),
    thresholds: Float32Array.of(0, -0.5, 0.5, Number.NEGATIVE_INFINITY),
    leaves: Float32Array.from({ length: 8 }, () => onGrid(draw.normal())),
    bias: onGrid(0.3),
    covers: new Float32Array(8),
  };
  const lines = Array.from({ length: 11 }, () => draw.normal());
  const main = predictorOf(withText, {
    signals: schema.numeric,
    text: true,
    encoder,
    networks: [network([7]), network([4, 3], { ensemble: 2 })],
    trees,
    sliceLines: { slope: lines.map((x) => 1 + x / 9), offset: lines, pooled: { slope: 1, offset: 0.1 }, strength: 4 },
    calibration: { name: 'beta', parameters: [0.8, 1.3, -0.2] },
  });
  const free = { ...schema, numeric: schema.numeric.slice(0, 2) };
  const own = numeric.filter((_, i) => i % d < 2);
  const ownEncoder = fitEncoder(own, categories, all, free);
  const architecture = { inputs: encodedWidth(ownEncoder), hidden: [], skip: false };
  const networks = [{ architecture, members: [initMember(architecture, 0.7, draw.fork('expert'))] }];
  const expert = predictorOf(free, {
    encoder: ownEncoder,
    networks,
    calibration: { name: 'none', parameters: [] },
    interval: { lowAt: [0], low: [0.1, 0.4], highAt: [0], high: [0.6, 0.9] }, // as older bundles have
  });
  const channel = { ...schema.words, weights: Float32Array.from({ length: 21 }, (_, i) => i / 20), bias: -0.4 };
  return { schema, words: channel, main, patternPredictors: [{ pattern: 'free', predictor: expert }] };
}

/** What a graph of that schema says of the rows. */
export async function outputsOf(graph: Uint8Array) {
  const session = await InferenceSession.create(graph, { logSeverityLevel: 3 });
  const results = await session.run({
    features: new Tensor('float32', numeric, [rows, d]),
    categories: new Tensor('int64', BigInt64Array.from(categories, BigInt), [rows, 2]),
    words: new Tensor('int32', words, [rows, 6]),
  });
  await session.release();
  const names = ['logit', 'probability', 'low', 'high', 'shift'] as const;
  return Object.fromEntries(names.map((name) => [name, [...(results[name].data as Float32Array)]]));
}

import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { EmbeddingChannel } from '../../models/embeddings/channel.js';
import type { Probe } from '../../models/embeddings/probe.js';
import { encodedWidth } from '../../models/encoder.js';
import { fitEncoder } from '../../models/fit-encoder.js';
import type { Model } from '../../models/model.js';
import { initMember } from '../../models/networks/network.js';
import type { Architecture } from '../../models/networks/types.js';
import { onGrid } from '../../models/trees/trees.js';
import type { Direct } from '../../scorer/direct/direct.js';
import { type Random, random } from '../../support/random.js';
import { drawnProbe } from './drawn-probe.js';
import { predictorOf } from './model-of.js';

export const rows = 300;
const drawn = random('read back');
export const schema = {
  topK: 5,
  numeric: ['text.words@1', 'text.chars@1', 'tokens.count@2', 'tokens.meanLogprob@2', 'stated@1'],
  categorical: [
    { name: 'model', vocabulary: ['a', 'b'] },
    { name: 'task', vocabulary: ['t', 'u', 'v'] },
  ],
  words: { length: 6, buckets: 10 },
  embeddings: [
    { name: 'small.answer', size: 3 },
    { name: 'default', size: 2 },
  ],
};
export const d = schema.numeric.length;
export const numeric = Float32Array.from({ length: rows * d }, (_, i) =>
  drawn.next() < (i % d > 1 && i % (2 * d) > d ? 1 : 0.1) ? Number.NaN : drawn.normal() * 10 ** ((i % 4) - 1),
);
export const categories = Int32Array.from({ length: rows * 2 }, (_, i) => drawn.int(i % 2 === 0 ? 3 : 4));
export const words = Int32Array.from({ length: rows * 6 }, () => drawn.int(21));
/** One vector in four is missing as a whole. */
export const vectors = schema.embeddings.map(({ size }) =>
  Float32Array.from({ length: rows * size }, (_, i) =>
    Math.floor((i * 7) / size) % 4 === 3 ? Number.NaN : drawn.normal(),
  ),
);
const all = Array.from({ length: rows }, (_, i) => i);

/** Writes the inputs of row i for the direct way. */
export function loadRow(direct: Direct, i: number): void {
  direct.features.set(numeric.subarray(i * d, (i + 1) * d));
  direct.words.set(words.subarray(i * 6, (i + 1) * 6));
  schema.embeddings.forEach(({ size }, k) => {
    direct.embeddings[k].set(vectors[k].subarray(i * size, (i + 1) * size));
  });
}

/**
 * A plain network and an ensemble, trees, lines and a band by cell; an expert for `free`; a text channel; an embedding
 * channel with a projection and a probe.
 */
export function everything(): Model {
  const draw = random('every part'); // the same weights at each call, in whatever order files run
  const wide = Float32Array.from({ length: rows * (d + 2) }, (_, i) =>
    i % (d + 2) < d ? numeric[Math.floor(i / (d + 2)) * d + (i % (d + 2))] : draw.normal(),
  );
  const withText = { ...schema, numeric: [...schema.numeric, 'words', 'embeddings'] };
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
    embeddings: true,
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
  return {
    schema,
    words: channel,
    embeddings: embeddingChannel(draw),
    main,
    patternPredictors: [{ pattern: 'free', predictor: expert }],
  };
}

function embeddingChannel(draw: Random): EmbeddingChannel {
  const values = (length: number) => Float32Array.from({ length }, () => draw.normal());
  return {
    shapes: schema.embeddings,
    centre: values(5),
    slope: values(5).map(Math.abs),
    linear: values(7),
    width: 4,
    weights: values(28),
    biases: values(4),
    heads: values(4),
    bias: 0.3,
    probe: small(drawnProbe(7, [6, 17, 3], random('probe of every part'))),
  };
}

/** A probe whose output does not drown the rest of the channel. */
function small(probe: Probe): Probe {
  return { ...probe, heads: probe.heads.map((head) => head / 16) };
}

/** What a graph of that schema says of the rows. */
export async function outputsOf(graph: Uint8Array) {
  const session = await InferenceSession.create(graph, { logSeverityLevel: 3 });
  const results = await session.run({
    features: new Tensor('float32', numeric, [rows, d]),
    categories: new Tensor('int64', BigInt64Array.from(categories, BigInt), [rows, 2]),
    words: new Tensor('int32', words, [rows, 6]),
    ...Object.fromEntries(
      schema.embeddings.map(({ name, size }, k) => [
        `embeddings.${name}`,
        new Tensor('float32', vectors[k], [rows, size]),
      ]),
    ),
  });
  await session.release();
  const names = ['logit', 'probability', 'low', 'high', 'shift'] as const;
  return Object.fromEntries(names.map((name) => [name, [...(results[name].data as Float32Array)]]));
}

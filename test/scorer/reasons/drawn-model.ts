import type { SignalSchema } from '../../../features/schema.js';
import { encodedWidth } from '../../../models/encoder.js';
import { fitEncoder } from '../../../models/fit-encoder.js';
import { emitModel } from '../../../models/model.js';
import { initMember } from '../../../models/networks/network.js';
import type { Architecture, Network } from '../../../models/networks/types.js';
import type { Predictor } from '../../../models/predictor.js';
import { onGrid, type Trees } from '../../../models/trees/trees.js';
import type { Rows } from '../../../scorer/open.js';
import type { Random } from '../../../support/random.js';
import { predictorOf } from '../../support/model-of.js';

const shape = { length: 12, buckets: 50 };

/** `constant@1` never varies, `text.b.log@1` is a twin; the others of each group may be missing. */
export const schema: SignalSchema = {
  topK: 5,
  numeric: [
    'text.a@1',
    'text.b@1',
    'text.b.log@1',
    'constant@1',
    'tokens.c@1',
    'tokens.d@1',
    'stated@1',
    'stated.logit@1',
  ],
  categorical: [
    { name: 'model', vocabulary: ['a', 'b', 'c'] },
    { name: 'task', vocabulary: ['t', 'u'] },
  ],
  words: shape,
};
export const d = schema.numeric.length;

/** Rows of random numbers, some missing, some infinite; some lack a group of signals as a whole. */
export function drawnRows(n: number, draw: Random): Rows {
  const features = Float32Array.from({ length: n * d }, () =>
    draw.next() < 0.15 ? [Number.NaN, Number.POSITIVE_INFINITY, 1e30][draw.int(3)] : draw.normal(),
  );
  for (let i = 0; i < n; i++) {
    if (i % 3 === 1) features.fill(Number.NaN, i * d + 4, i * d + 6);
    if (i % 4 >= 2) features.fill(Number.NaN, i * d + 6, i * d + 8);
    features[i * d + 3] = 7;
  }
  const categories = BigInt64Array.from({ length: 2 * n }, (_, i) => BigInt(draw.int(i % 2 === 0 ? 4 : 3)));
  const words = Int32Array.from({ length: n * shape.length }, () => draw.int(2 * shape.buckets + 1));
  return { features, categories, words };
}

/** What a drawn predictor is made of. */
export interface Parts {
  networks: {
    hidden: number[];
    members?: number;
    ensemble?: number;
  }[];
  trees?: boolean;
  /** Columns its trees ask, one-hots behind the numbers; all but the constant where absent. */
  asked?: number[];
  text?: boolean;
  /** Numeric signals it reads; all where absent. */
  signals?: string[];
}

export function drawnPredictor(parts: Parts, draw: Random): Predictor {
  const numeric = parts.signals ?? schema.numeric;
  const width = numeric.length + (parts.text ? 1 : 0);
  const own = { ...schema, numeric: parts.text ? [...numeric, 'words'] : numeric };
  const n = 300;
  const all = Array.from({ length: n }, (_, i) => i);
  const values = Float32Array.from({ length: n * width }, (_, i) =>
    own.numeric[i % width] === 'constant@1' ? 7 : draw.next() < 0.2 ? Number.NaN : draw.normal(),
  );
  const categories = Int32Array.from({ length: 2 * n }, (_, i) => draw.int(i % 2 === 0 ? 4 : 3));
  const encoder = fitEncoder(values, categories, all, own);
  const inputs = encodedWidth(encoder);
  const networks = parts.networks.map(({ hidden, members = 2, ensemble }, k): Network => {
    const architecture: Architecture = { inputs, hidden, skip: hidden.length > 0 };
    if (ensemble !== undefined) architecture.ensemble = ensemble;
    const member = (m: number) => {
      const noise = draw.fork(`${k} ${m}`);
      return initMember(architecture, 0.2, noise).map((part) => part.map((v) => v + 0.2 * noise.normal()));
    };
    return { architecture, members: Array.from({ length: members }, (_, m) => member(m)) };
  });
  const asked = own.numeric.flatMap((name, j) => (name === 'constant@1' ? [] : [j]));
  const trees = parts.trees ? drawnTrees(parts.asked ?? [...asked, width, width + 1, width + 4], draw) : null;
  return predictorOf(schema, {
    signals: numeric,
    text: parts.text ?? false,
    encoder,
    networks,
    trees,
    calibration: { name: 'none', parameters: [] },
  });
}

function drawnTrees(columns: number[], draw: Random): Trees {
  const [depth, count] = [4, 30];
  const questions = Array.from({ length: count * depth }, () => columns[draw.int(columns.length)]);
  const leaves = { length: count << depth };
  return {
    depth,
    columns: Int32Array.from(questions),
    thresholds: Float32Array.from(questions, () =>
      draw.next() < 0.1 ? Number.NEGATIVE_INFINITY : 0.5 * draw.normal(),
    ),
    leaves: Float32Array.from(leaves, () => onGrid(0.1 * draw.normal())),
    bias: onGrid(0.3),
    covers: Float32Array.from(leaves, () => draw.int(20)),
  };
}

/** The graph of a model with a text channel; further predictors serve the patterns named. */
export function drawnGraph(
  main: Predictor,
  patternPredictors: { pattern: string; predictor: Predictor }[],
  draw: Random,
): Uint8Array {
  const weights = Float32Array.from({ length: 2 * shape.buckets + 1 }, (_, i) => (i === 0 ? 0 : draw.normal()));
  const words = { ...shape, weights, bias: -0.4 };
  return emitModel({ schema, words, embeddings: null, main, patternPredictors }, 'test');
}

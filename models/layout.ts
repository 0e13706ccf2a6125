import { z } from 'zod';

/**
 * Lists of numbers, each checked as a whole. A layout has thousands of numbers, and one schema per element would take
 * most of the time that opening a bundle takes.
 */
const numbers = z.custom<number[]>(
  (value) => Array.isArray(value) && value.every(Number.isFinite),
  'a list of numbers',
);
const wholes = z.custom<number[]>(
  (value) => Array.isArray(value) && value.every(Number.isInteger),
  'a list of integers',
);

/** The layout of one predictor of a graph: the names of its constants in the order in which they are used. */
const predictorLayoutSchema = z.object({
  /** Its numeric signals as columns of `features`. */
  columns: wholes,
  /** Whether the text channel's logit is one more column. */
  text: z.boolean(),
  /** Names of the encoder's factors and offsets [1, d], the columns with a missing flag, the widths of the one-hots. */
  slope: z.string(),
  offset: z.string(),
  indicators: wholes,
  vocabularies: wholes,
  /** Straight path [width, embedding included], null where there is none, and its summand. */
  linear: z.string().nullable(),
  bias: z.number(),
  /** Columns of the encoded row behind each embedded input, factors and summands [1, embedded]. */
  embedding: z.object({ columns: wholes, slope: z.string(), offset: z.string() }).optional(),
  /** Networks with layers: weights [m, d, h] and biases [m, 1, h] of each, then the heads [m, h, 1]. */
  networks: z.array(
    z.object({
      members: z.number().int().min(1).max(1024),
      /** What the first layer reads of the encoded row and its embedding; absent: all of the encoded row. */
      inputs: z.number().int().optional(),
      hidden: wholes,
      activation: z.enum(['silu', 'relu']),
      weights: z.array(z.string()),
      biases: z.array(z.string()),
      heads: z.string(),
    }),
  ),
  /** Boosted trees: names of their constants, see models/trees/emit.ts. */
  trees: z
    .object({
      depth: z.number().int().min(1).max(16),
      columns: z.string(),
      thresholds: z.string(),
      leaves: z.string(),
      bias: z.number(),
      /** Weight of the training rows in each leaf, used only for reasons: float32, base64. */
      covers: z.string(),
    })
    .nullable(),
  /** Weights [width, K] and offset [1, K] of the shift's directions. */
  shift: z.object({ weights: z.string(), offset: z.string(), directions: z.number().int().min(0) }),
  /** Lines by slice, slice = Σ strides·categories − 1; null if there are none. */
  slices: z
    .object({
      slope: numbers,
      offset: numbers,
      pooled: z.object({ slope: z.number(), offset: z.number() }),
      strength: z
        .number()
        .nullable()
        .transform((x) => x ?? Number.POSITIVE_INFINITY),
    })
    .nullable(),
  strides: wholes,
  calibrator: z.object({ name: z.string(), parameters: numbers }),
  /** The band for the share of right answers at a score; in older bundles Venn–Abers steps. */
  interval: z.union([
    z.object({ at: numbers, low: numbers, high: numbers, row: wholes }),
    z.object({ lowAt: numbers, low: numbers, highAt: numbers, high: numbers }),
  ]),
});

/**
 * The layout of a graph, for a runner that computes without an ONNX runtime. Stored in the model's metadata under
 * `vouch.layout`.
 */
export const layoutSchema = z.object({
  predictors: z.array(predictorLayoutSchema).min(1),
  /** Which predictor scores a row; null if there is only one. */
  routes: z.object({ columns: z.array(wholes), table: wholes }).nullable(),
  /** The text channel: shape of its words, name of the weights by id. */
  words: z

    .object({
      length: z.number().int().min(0),
      buckets: z.number().int().min(0),
      weights: z.string(),
      bias: z.number(),
    })
    .nullable(),
});

export type Layout = z.infer<typeof layoutSchema>;
export type PredictorLayout = z.infer<typeof predictorLayoutSchema>;
export type TreesLayout = NonNullable<PredictorLayout['trees']>;
export type LayoutNetwork = PredictorLayout['networks'][number];

export const LAYOUT_KEY = 'vouch.layout';

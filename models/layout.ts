import { z } from 'zod';
import { probeSchema } from './embeddings/probe.js';
import type { ReadModel } from './onnx/read.js';

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

/** A vector that a model reads. */
export const embeddingShapeSchema = z.object({ name: z.string(), size: z.number().int().min(1).max(100_000) });

/** The layout of one predictor of a graph: the names of its constants in the order in which they are used. */
const predictorLayoutSchema = z.object({
  /** Its numeric signals as columns of `features`. */
  columns: wholes,
  /** Whether the text channel's logit is one more column. */
  text: z.boolean(),
  /** Whether the embedding channel's logit is the column after that. Absent in layouts of early versions. */
  embeddings: z.boolean().default(false),
  /** Names of the encoder's factors and offsets [1, d], the columns with a missing flag, the widths of the one-hots. */
  slope: z.string(),
  offset: z.string(),
  indicators: wholes,
  vocabularies: wholes,
  /** Straight path [width], null where there is none, and its summand. */
  linear: z.string().nullable(),
  bias: z.number(),
  /**
   * Early versions could add a piecewise-linear embedding of the numbers. This version cannot compute it: see
   * `layoutIn`.
   */
  embedding: z.never().optional(),
  /** Networks with layers: weights [m, d, h] and biases [m, 1, h] of each, then the heads [m, h, 1]. */
  networks: z.array(
    z.object({
      members: z.number().int().min(1).max(1024),
      /** Width of the encoded row, which the first layer reads. Layouts of early versions leave it out. */
      inputs: z.number().int().optional(),
      hidden: wholes,
      activation: z.literal('silu'),
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
  /** The embedding channel: its vectors, the names of its constants. Absent in layouts of early versions. */
  embeddings: z
    .object({
      shapes: z.array(embeddingShapeSchema).min(1),
      centre: z.string(),
      slope: z.string(),
      linear: z.string(),
      bias: z.number(),
      width: z.number().int().min(0).max(1024),
      projection: z.object({ weights: z.string(), biases: z.string(), heads: z.string() }).nullable(),
      /** Absent where there is none, and in layouts of early versions. */
      probe: probeSchema.optional(),
    })
    .nullable()
    .default(null),
});

/** A layout with a part that this version no longer computes: an embedding, or the activation relu. */
const retiredSchema = z.object({
  predictors: z
    .array(z.object({ embedding: z.unknown().optional(), networks: z.array(z.object({ activation: z.string() })) }))
    .refine((predictors) =>
      predictors.some(
        ({ embedding, networks }) =>
          embedding !== undefined || networks.some(({ activation }) => activation === 'relu'),
      ),
    ),
});

export type Layout = z.infer<typeof layoutSchema>;
export type PredictorLayout = z.infer<typeof predictorLayoutSchema>;
export type TreesLayout = NonNullable<PredictorLayout['trees']>;
export type LayoutNetwork = PredictorLayout['networks'][number];

export const LAYOUT_KEY = 'vouch.layout';

/**
 * The layout in a model's metadata. Null where there is none, and where it has a part that only early versions could
 * compute: onnxruntime still runs such a graph, but nothing else can. Throws where the layout is damaged.
 */
export function layoutIn({ metadata }: Pick<ReadModel, 'metadata'>): Layout | null {
  const text = metadata.get(LAYOUT_KEY);
  if (text === undefined) return null;
  const note: unknown = JSON.parse(text);
  // Without generated code: compiling the schema would take longer than this one use of it.
  return retiredSchema.safeParse(note, { jitless: true }).success ? null : layoutSchema.parse(note, { jitless: true });
}

import { z } from 'zod';

/**
 * How a graph is laid out, for a runner that does its arithmetic without an ONNX runtime: names of its constants in the
 * order they are used. Stored in the model's metadata under `vouch.layout`.
 */
export const layoutSchema = z.object({
  /** Names of the encoder's factors and summands [1, d], the columns with a missing flag, the widths of the one-hots. */
  slope: z.string(),
  offset: z.string(),
  indicators: z.array(z.number().int()),
  vocabularies: z.array(z.number().int()),
  /** Straight path [width, embedding included] and its summand. */
  linear: z.string(),
  bias: z.number(),
  /** Columns of the encoded row behind each embedded input, factors and summands [1, embedded]. */
  embedding: z.object({ columns: z.array(z.number().int()), slope: z.string(), offset: z.string() }).optional(),
  /** Networks with layers: weights [m, d, h] and biases [m, 1, h] of each, then the heads [m, h, 1]. */
  networks: z.array(
    z.object({
      members: z.number().int(),
      /** What the first layer reads of the encoded row and its embedding; absent: all of the encoded row. */
      inputs: z.number().int().optional(),
      hidden: z.array(z.number().int()),
      activation: z.enum(['silu', 'relu']),
      weights: z.array(z.string()),
      biases: z.array(z.string()),
      heads: z.string(),
    }),
  ),
  calibrator: z.object({ name: z.string(), parameters: z.array(z.number()) }),
});

export type Layout = z.infer<typeof layoutSchema>;
export type LayoutNetwork = Layout['networks'][number];

export const LAYOUT_KEY = 'vouch.layout';

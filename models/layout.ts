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
  /** Straight path [width] and its summand. */
  linear: z.string(),
  bias: z.number(),
  /** Networks with layers: weights [m, d, h] and biases [m, 1, h] of each, then the heads [m, h, 1]. */
  networks: z.array(
    z.object({
      members: z.number().int(),
      hidden: z.array(z.number().int()),
      activation: z.enum(['silu', 'relu']),
      weights: z.array(z.string()),
      biases: z.array(z.string()),
      heads: z.string(),
    }),
  ),
  /** Boosted trees: names of their constants, see models/trees/emit.ts. */
  trees: z
    .object({
      depth: z.number().int(),
      columns: z.string(),
      thresholds: z.string(),
      leaves: z.string(),
      bias: z.number(),
    })
    .optional(),
  calibrator: z.object({ name: z.string(), parameters: z.array(z.number()) }),
});

export type Layout = z.infer<typeof layoutSchema>;
export type TreesLayout = NonNullable<Layout['trees']>;
export type LayoutNetwork = Layout['networks'][number];

export const LAYOUT_KEY = 'vouch.layout';

import { z } from 'zod';

/** How the vectors of a text's tokens become one: their mean, the first token's, or the last token's. */
const poolings = ['mean', 'cls', 'last'] as const;
export type Pooling = (typeof poolings)[number];

/** A name that can stand within the name of a signal. */
export const ENCODER_NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

/** The content of encoder.json (docs/encoders.md). */
export const encoderSchema = z.strictObject({
  /** The encoder's name in records and signals. Default: the name of its folder. */
  name: z.string().regex(ENCODER_NAME, 'letters, digits, - and _, at most 64').optional(),
  pooling: z.enum(poolings, poolings.join(', ')),
  /** The most tokens of a text that are read, special tokens included. */
  maxTokens: z.number('a whole number from 1 to 32768').int().min(1).max(32_768),
  /** Whether vectors get length 1. */
  normalize: z.boolean('true or false').default(true),
  /** Put before each question, and before every other text, as some encoders were trained: `query: `, `passage: `. */
  prefixes: z.strictObject({ question: z.string().default(''), text: z.string().default('') }).optional(),
  /** The cosine from which two texts mean the same, where training could not learn it. */
  sameAt: z.number('a cosine, -1 to 1').min(-1).max(1).optional(),
});

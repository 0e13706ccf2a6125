import { z } from 'zod';
import { ENCODER_NAME } from '../encoder/settings.js';

/** The content of encoder.json of a tuned encoder (docs/tuned-encoder.md). */
export const tunedSettings = z.strictObject({
  kind: z.literal('tuned', 'tuned'),
  /** The name of its verifier in records and signals. Default: the name of its folder. */
  name: z.string().regex(ENCODER_NAME, 'letters, digits, - and _, at most 64').optional(),
  /** The most tokens of question, context and answer, special tokens included. */
  maxTokens: z.number('a whole number from 16 to 32768').int().min(16).max(32_768),
});

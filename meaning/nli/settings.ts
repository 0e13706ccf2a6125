import { z } from 'zod';
import { ENCODER_NAME } from '../encoder/settings.js';

/** What an entailment model says of a pair of texts. */
const nliLabels = ['contradiction', 'entailment', 'neutral'] as const;

/** The content of encoder.json of an entailment model (docs/entailment.md). */
export const nliSchema = z.strictObject({
  kind: z.literal('nli', 'nli'),
  /** The model's name in records and signals. Default: the name of its folder. */
  name: z.string().regex(ENCODER_NAME, 'letters, digits, - and _, at most 64').optional(),
  /** What each output stands for, in their order. */
  labels: z
    .array(z.enum(nliLabels, nliLabels.join(', ')), 'a list of labels')
    .refine((labels) => new Set(labels).size === labels.length, 'each label once')
    .refine((labels) => labels.includes('entailment') && labels.includes('contradiction'), {
      message: 'entailment and contradiction among them',
    }),
  /** The most tokens of a pair, special tokens included. */
  maxTokens: z.number('a whole number from 16 to 32768').int().min(16).max(32_768),
});

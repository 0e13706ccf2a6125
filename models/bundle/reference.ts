import { z } from 'zod';
import { VouchError } from '../../support/errors.js';

/** The file of a bundle that says how the training answers were distributed. Absent in older bundles. */
export const REFERENCE_FILE = 'reference.json';

const share = z
  .number()
  .min(-1e-9)
  .max(1 + 1e-9);

const numberSchema = z.object({
  name: z.string(),
  /** Share of questions' answers without a value. */
  missing: share,
  /** Values between which answers are told apart, ascending, and the share of all answers at or below each. */
  knots: z.array(z.number()).max(64),
  below: z.array(share).max(64),
});

const categorySchema = z.object({
  name: z.string(),
  /** Values and their shares of answers. What was missing, rare or unknown has the empty name. */
  values: z.array(z.tuple([z.string(), share])).max(10_000),
});

const referenceSchema = z.object({
  version: z.literal(1),
  /** Number of questions behind the signals, and behind the scores. */
  questions: z.number().int().min(1),
  scored: z.number().int().min(1),
  signals: z.array(numberSchema),
  /** The probability of answers that did not train the predictor that scored them. */
  probability: numberSchema,
  categories: z.array(categorySchema),
});

/** A distribution of a number, as shares; every question counts once. */
export type NumberShares = z.infer<typeof numberSchema>;
export type CategoryShares = z.infer<typeof categorySchema>;

/** The distributions of the training answers. They hold no answer: no smallest or largest value, nothing rare. */
export type Reference = z.infer<typeof referenceSchema>;

/** The reference in such a file; null if there is none. Error: BUNDLE_BAD. */
export function referenceIn(content: Uint8Array | undefined): Reference | null {
  if (content === undefined) return null;
  try {
    return referenceSchema.parse(JSON.parse(Buffer.from(content).toString('utf8')));
  } catch (error) {
    throw new VouchError('BUNDLE_BAD', 'the distributions of the training answers cannot be read', {
      file: REFERENCE_FILE,
      cause: error,
    });
  }
}

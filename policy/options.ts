import { z } from 'zod';
import { VouchError } from '../support/errors.js';
import { parseOptions, type TrainOptions, trainOptionsSchema } from '../train/options.js';
import { BOUGHT } from './intake/chance.js';

const { targetError, confidence, seed } = trainOptionsSchema.shape;

/** Options of `vouch policy train`. Defaults stand here, and in `train/options.ts` for what `vouch train` has too. */
const policyOptionsSchema = z.strictObject({
  /** Share of errors that is allowed among answers that are returned and accepted (α). */
  targetError,
  /** Confidence of that promise (1 − δ). */
  confidence,
  /** Seed for all random steps. */
  seed,
  /** Field with the chance that all stages were bought, or with a chance per stage. */
  boughtChance: z.string().default(BOUGHT),
  /** Options of `vouch train` for the predictors, as in a config file. */
  training: z.record(z.string(), z.unknown()).default({}),
});
export type PolicyOptions = z.infer<typeof policyOptionsSchema>;

/** How the predictors of a policy are trained, unless `training` says otherwise: every state has rows of its own. */
const TRAINING = {
  learners: ['rate', 'signal', 'logistic', 'trees', 'blend'],
  words: { length: 0, buckets: 1 },
  embeddings: { channel: false },
  treeMembers: 1,
  penalties: [300, 100, 30, 10, 3, 1],
  adaptive: [0],
  shiftFlags: 0.01,
};

/** Checks the options. Error: BAD_USAGE with the field. */
export function parsePolicyOptions(raw: unknown): PolicyOptions {
  const parsed = policyOptionsSchema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new VouchError('BAD_USAGE', issue.message, { field: issue.path.join('.') || undefined });
}

/** The options of the predictors. Error: BAD_USAGE with the field. */
export function trainingOf({ training, ...options }: PolicyOptions): TrainOptions {
  const shared = { targetError: options.targetError, confidence: options.confidence, seed: options.seed };
  return parseOptions({ ...TRAINING, ...training, ...shared });
}

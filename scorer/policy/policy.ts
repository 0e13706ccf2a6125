import { z } from 'zod';
import { VouchError } from '../../support/errors.js';
import { pricesSchema } from './prices.js';

/** The file of a policy in its folder, which is a bundle. */
export const POLICY_FILE = 'policy.json';

export const POLICY_FORMAT = 1;

const actions = ['stop', 'buy', 'accept'] as const;
export type Action = (typeof actions)[number];

/** From this probability on (up to the next cut), the policy does `do`. */
const cutSchema = z.object({ from: z.number(), do: z.enum(actions) });
export type Cut = z.infer<typeof cutSchema>;

/**
 * A frozen policy: at state k (after the first k stages of `order` were bought) the probability of the answer that
 * would be returned is looked up in `cuts[k]`. The first cut of a state begins at 0.
 */
const planSchema = z.object({ order: z.array(z.string()), cuts: z.array(z.array(cutSchema).min(1)) });
export type Plan = z.infer<typeof planSchema>;

/** What the certificate is about. Null: it varied so much, or was recorded so rarely, that it is not part of it. */
const conditionsSchema = z.object({
  /** Models that gave the first answer, and the model of each stage that has one. */
  models: z.array(z.string()),
  stages: z.record(z.string(), z.object({ model: z.string().optional(), k: z.number().optional() })),
  temperatures: z.array(z.number().nullable()).nullable(),
  sampleTemperatures: z.array(z.number().nullable()).nullable(),
  /** Hashes of the system prompts. */
  prompts: z.array(z.string()).nullable(),
});
export type Conditions = z.infer<typeof conditionsSchema>;

/** "Among the answers that the policy returns and nobody checks, at most α are wrong, with confidence 1 − δ." */
const claimSchema = z.object({
  id: z.string(),
  alpha: z.number(),
  delta: z.number(),
  guarantee: z.literal('finite-sample'),
  method: z.string(),
  /** Questions of the certify part, and those of them with an answer that was returned and accepted. */
  groups: z.number(),
  acceptedGroups: z.number(),
  coverage: z.number(),
  error: z.number().nullable(),
  /** The most that one question counts with (1: a case of average weight), and how many accepted ones are heavier. */
  cap: z.number().optional(),
  capped: z.number().optional(),
});
export type PolicyClaim = z.infer<typeof claimSchema>;

/** The value of going on, by the probability at a state: the mean over questions in bins, made non-decreasing. */
const valuesSchema = z.object({
  probability: z.array(z.number()),
  /** Expected gain over stopping at once if the next stage is bought, without its price; its standard error. */
  value: z.array(z.number()),
  error: z.array(z.number()),
  questions: z.array(z.number()),
});
export type Values = z.infer<typeof valuesSchema>;

const policySchema = z.looseObject({
  formatVersion: z.number(),
  plan: planSchema,
  /** Slope and intercept on the logit of the returned answer's probability, for each state of `plan.order`. */
  lines: z.array(z.object({ a: z.number(), b: z.number() })),
  values: z.array(valuesSchema),
  prices: pricesSchema,
  conditions: conditionsSchema,
  /** Null if nothing could be certified. */
  claim: claimSchema.nullable(),
});
export type Policy = z.infer<typeof policySchema>;

/** Reads the text of a policy. Error: BUNDLE_BAD. */
export function parsePolicy(text: string, file: string): Policy {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (cause) {
    throw new VouchError('BUNDLE_BAD', 'the policy is not JSON', { file, cause });
  }
  const parsed = policySchema.safeParse(raw);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new VouchError('BUNDLE_BAD', issue.message, { file, field: issue.path.join('.') });
  }
  if (parsed.data.formatVersion > POLICY_FORMAT) {
    throw new VouchError('BUNDLE_NEWER', 'the policy has a newer format', {
      file,
      expected: `at most ${POLICY_FORMAT}`,
      got: parsed.data.formatVersion,
    });
  }
  const { plan, lines } = parsed.data;
  if (plan.cuts.length !== plan.order.length + 1 || lines.length !== plan.cuts.length) {
    throw new VouchError('BUNDLE_BAD', 'the policy does not have a rule for each of its states', { file });
  }
  return parsed.data;
}

import { z } from 'zod';

/** Defaults of `collect` and `enrich`. The help text reads them here. */
export const askDefaults = {
  topLogprobs: 10,
  maxTokens: 256,
  samples: 0,
  bestOf: 1,
  revise: 0,
  reviseUntil: 0.9,
  sampleTemperature: 0.8,
  concurrency: 4,
  retries: 6,
  backOff: 0.5,
  timeout: 120,
  giveUpAfter: 20,
  seed: 1,
  apiKeyEnv: 'OPENAI_API_KEY',
  judgeAs: 'verifier',
  judgeOrders: 'one',
  judgeRepeats: 1,
  judgeTemperature: 1,
  statedAfter: 0,
  crossExamineRounds: 3,
  verifierTimeout: 30,
  verifierConcurrency: 4,
  contextTemplate: 'Context:\n{context}\n\n{prompt}',
} as const;

const count = z.number().int().min(0);
const positive = z.number().int().min(1);

const name = z.string().min(1);

/** A list that may be given as one value. */
const several = <T extends z.ZodType>(one: T) =>
  z.preprocess((given) => (given === undefined ? [] : Array.isArray(given) ? given : [given]), z.array(one));

/**
 * Options that decide what a record holds. An unfinished output is continued only if they are the same. `model` may be
 * absent only where nothing is asked of it.
 */
export const askSchema = z.object({
  model: name.optional(),
  topLogprobs: count.max(100).default(askDefaults.topLogprobs),
  maxTokens: positive.default(askDefaults.maxTokens),
  stop: z.array(z.string().min(1)).default([]),
  samples: count.max(1000).default(askDefaults.samples),
  sampleTemperature: z.number().min(0).default(askDefaults.sampleTemperature),
  sampleAlternatives: z.boolean().default(false),
  /** Answers per question, of which the bundle chooses one. */
  bestOf: positive.max(100).default(askDefaults.bestOf),
  /** Most revisions of an answer, and the probability that ends them. */
  revise: count.max(20).default(askDefaults.revise),
  reviseUntil: z.number().positive().max(1).default(askDefaults.reviseUntil),
  stated: z.boolean().default(false),
  ptrue: z.boolean().default(false),
  /** One judge, or a panel. */
  judge: several(name).refine((judges) => new Set(judges).size === judges.length, 'names the same judge twice'),
  judgeAs: z.enum(['verifier', 'label']).default(askDefaults.judgeAs),
  judgeOrders: z.enum(['one', 'both']).default(askDefaults.judgeOrders),
  judgeRepeats: positive.max(100).default(askDefaults.judgeRepeats),
  judgeTemperature: z.number().positive().max(2).default(askDefaults.judgeTemperature),
  /** How many answers are weighed, the given one included; 0: none. */
  statedAfter: count
    .max(10)
    .refine((k) => k !== 1, 'must be 0 or at least 2')
    .default(askDefaults.statedAfter),
  crossExamine: name.optional(),
  crossExamineRounds: positive.max(10).default(askDefaults.crossExamineRounds),
  /** The model that says which texts entail or contradict each other. */
  entailModel: name.optional(),
  seed: z.number().int().default(askDefaults.seed),
  contextTemplate: z
    .string()
    .refine((text) => text.includes('{prompt}') && text.includes('{context}'), 'must contain {context} and {prompt}')
    .default(askDefaults.contextTemplate),
});
export type AskOptions = z.infer<typeof askSchema>;

/**
 * Options for the requests themselves: endpoints, speed and patience. They do not change what a record holds, except
 * that each verifier adds its score and `hidden` (`[NAME=]URL`) its vector. Back-off (before the first retry, doubled
 * for each further one) and timeouts are in seconds. `judgeEndpoints` and `judgeApiKeyEnv` hold for every judge and for
 * the examiner, or as `MODEL=VALUE` for one of them. `verifiers` and `verifierCommands` are `[NAME=]URL` and
 * `[NAME=]PROGRAM ARGUMENTS`.
 */
export const waySchema = z.object({
  endpoints: z.array(z.string()).default([]),
  judgeEndpoints: z.array(z.string()).default([]),
  verifiers: several(name),
  verifierCommands: several(name),
  verifierTimeout: z.number().positive().max(3600).default(askDefaults.verifierTimeout),
  verifierConcurrency: positive.max(1000).default(askDefaults.verifierConcurrency),
  verifierApiKeyEnv: several(name),
  hidden: name.optional(),
  hiddenApiKeyEnv: name.optional(),
  concurrency: positive.max(1000).default(askDefaults.concurrency),
  retries: count.max(100).default(askDefaults.retries),
  backOff: z.number().min(0).default(askDefaults.backOff),
  timeout: z.number().positive().max(300).default(askDefaults.timeout),
  rate: z.number().positive().optional(),
  giveUpAfter: positive.default(askDefaults.giveUpAfter),
  apiKeyEnv: z.string().min(1).default(askDefaults.apiKeyEnv),
  judgeApiKeyEnv: several(name),
});
export type WayOptions = z.infer<typeof waySchema>;

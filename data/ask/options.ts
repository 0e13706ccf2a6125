import { z } from 'zod';

/** Defaults of `collect` and `enrich`. The help text reads them here. */
export const askDefaults = {
  topLogprobs: 10,
  maxTokens: 256,
  samples: 0,
  sampleTemperature: 0.8,
  concurrency: 4,
  retries: 6,
  backOff: 0.5,
  timeout: 120,
  giveUpAfter: 20,
  seed: 1,
  apiKeyEnv: 'OPENAI_API_KEY',
  judgeAs: 'verifier',
  contextTemplate: 'Context:\n{context}\n\n{prompt}',
} as const;

const count = z.number().int().min(0);
const positive = z.number().int().min(1);

/** Options that decide what a record holds. An unfinished output is continued only if they are the same. */
export const askSchema = z.object({
  model: z.string().min(1),
  topLogprobs: count.max(100).default(askDefaults.topLogprobs),
  maxTokens: positive.default(askDefaults.maxTokens),
  stop: z.array(z.string().min(1)).default([]),
  samples: count.max(1000).default(askDefaults.samples),
  sampleTemperature: z.number().min(0).default(askDefaults.sampleTemperature),
  sampleAlternatives: z.boolean().default(false),
  stated: z.boolean().default(false),
  ptrue: z.boolean().default(false),
  judge: z.string().min(1).optional(),
  judgeAs: z.enum(['verifier', 'label']).default(askDefaults.judgeAs),
  seed: z.number().int().default(askDefaults.seed),
  contextTemplate: z
    .string()
    .refine((text) => text.includes('{prompt}') && text.includes('{context}'), 'must contain {context} and {prompt}')
    .default(askDefaults.contextTemplate),
});
export type AskOptions = z.infer<typeof askSchema>;

/**
 * Options for the requests themselves: endpoints, speed and patience. They do not change what a record holds. Back-off
 * (before the first retry, doubled for each further one) and timeout are in seconds.
 */
export const waySchema = z.object({
  endpoints: z.array(z.string()).min(1),
  judgeEndpoints: z.array(z.string()).default([]),
  concurrency: positive.max(1000).default(askDefaults.concurrency),
  retries: count.max(100).default(askDefaults.retries),
  backOff: z.number().min(0).default(askDefaults.backOff),
  timeout: z.number().positive().max(300).default(askDefaults.timeout),
  rate: z.number().positive().optional(),
  giveUpAfter: positive.default(askDefaults.giveUpAfter),
  apiKeyEnv: z.string().min(1).default(askDefaults.apiKeyEnv),
  judgeApiKeyEnv: z.string().min(1).optional(),
});
export type WayOptions = z.infer<typeof waySchema>;

import { z } from 'zod';

/** What `collect` and `enrich` do unless told otherwise; the help text reads it here. */
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

/** What is asked: these options decide what a record holds, so a partial output is only continued under the same ones. */
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
    .refine((text) => text.includes('{prompt}') && text.includes('{context}'), 'must hold {context} and {prompt}')
    .default(askDefaults.contextTemplate),
});
export type AskOptions = z.infer<typeof askSchema>;

/**
 * How it is asked: speed, patience and where; none of it changes what a record holds. Back-off (before the first retry,
 * then doubled) and time-out in seconds.
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

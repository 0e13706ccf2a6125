import { z } from 'zod';
import type { messageSchema } from '../../record.js';

/** What a request is for. It is not sent; a dry run counts by it. */
export type RequestKind =
  | 'answer'
  | 'samples'
  | 'revision'
  | 'stated'
  | 'stated after'
  | 'ptrue'
  | 'judge'
  | 'cross-examination'
  | 'entailment';

/**
 * One request in vouch's own terms; `limits.ts` turns it into the body that an endpoint accepts. `topLogprobs` null
 * asks for no log-probabilities.
 */
export interface ChatRequest {
  kind: RequestKind;
  messages: z.infer<typeof messageSchema>[];
  temperature: number;
  maxTokens: number;
  stop: readonly string[];
  seed: number;
  topLogprobs: number | null;
  n: number;
}

const number = z.number().nullish();
const entry = z.looseObject({ token: z.string(), logprob: number });
const listed = z.looseObject({ token: z.string(), logprob: number, top_logprobs: z.array(entry).nullish() });

/** Log-probabilities as endpoints send them: OpenAI's `content`/`refusal` lists, or the older parallel arrays. */
const logprobsSchema = z.looseObject({
  content: z.array(listed).nullish(),
  refusal: z.array(listed).nullish(),
  tokens: z.array(z.string()).nullish(),
  token_logprobs: z.array(number).nullish(),
  top_logprobs: z.array(z.record(z.string(), number).nullish()).nullish(),
});

const chatChoiceSchema = z.looseObject({
  index: number,
  finish_reason: z.string().nullish(),
  message: z
    .looseObject({
      content: z.union([z.string(), z.array(z.looseObject({ text: z.string().nullish() }))]).nullish(),
      refusal: z.string().nullish(),
      reasoning_content: z.string().nullish(),
      reasoning: z.string().nullish(),
    })
    .nullish(),
  logprobs: logprobsSchema.nullish().catch(null),
});

export const chatReplySchema = z.looseObject({
  model: z.string().nullish(),
  choices: z.array(chatChoiceSchema).min(1),
  usage: z.looseObject({ prompt_tokens: number, completion_tokens: number }).nullish().catch(null),
});

export type ChatChoice = z.infer<typeof chatChoiceSchema>;
export type ChatReply = z.infer<typeof chatReplySchema>;

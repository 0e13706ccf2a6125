import { isObject } from '../../../check-value.js';
import { type Fields, objectOf } from '../../table/fields.js';
import type { Reply } from '../parts/reply.js';
import { messageReply, plainMessage } from './message.js';
import { type Body, saidOf } from './response.js';

/** An LLMResult of LangChain: {generations: [[{text, message}]], llm_output}, of one prompt; null for anything else. */
export function generationsBody(value: unknown): Body | null {
  const result = objectOf(value);
  if (result === null || !Array.isArray(result.generations)) return null;
  const generations = result.generations.flat().filter(isObject);
  if (generations.length === 0) return null;
  const output = objectOf(result.llm_output) ?? {};
  const meta = objectOf(plainMessage(generations[0].message)?.response_metadata) ?? {};
  return {
    ...saidOf(output.id ?? meta.id, meta.model_name ?? meta.model ?? output.model_name ?? output.model),
    replies: generations.map(generationReply),
  };
}

function generationReply(generation: Fields): Reply {
  const info = objectOf(generation.generation_info) ?? {};
  const message = plainMessage(generation.message) ?? { role: 'assistant', content: generation.text };
  return messageReply(
    message,
    info.finish_reason ?? info.finishReason ?? generation.finish_reason ?? undefined,
    info.logprobs ?? undefined,
  );
}

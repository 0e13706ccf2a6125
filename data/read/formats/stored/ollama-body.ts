import { type Fields, objectOf } from '../../table/fields.js';
import { type Reply, replyOf } from '../parts/reply.js';
import { type Body, saidOf } from './response.js';
import { timeOf } from './time.js';

/**
 * A response of Ollama's /api/chat ({message, done: true}) or /api/generate ({response, done: true}); null for anything
 * else.
 */
export function ollamaBody(value: unknown): Body | null {
  const response = objectOf(value);
  if (response === null || response.done !== true) return null;
  if (objectOf(response.message) === null && typeof response.response !== 'string') return null;
  const time = timeOf(response.created_at);
  return {
    ...saidOf(undefined, response.model),
    ...(time === undefined ? {} : { time }),
    replies: [ollamaReply(response)],
  };
}

/** The reply of such a response. A response that is not done broke off. */
export function ollamaReply({ message, response, thinking, done, done_reason: reason, logprobs }: Fields): Reply {
  return replyOf(objectOf(message) ?? { content: response, thinking }, done === true ? reason : 'error', logprobs);
}

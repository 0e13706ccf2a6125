import { objectOf } from '../../fields.js';
import { replyOf } from '../reply.js';
import { endOf } from './ends.js';
import { messageReply } from './message.js';
import { type Body, saidOf } from './response.js';
import { timeOf } from './time.js';

/** A response of Ollama's /api/chat ({message, done: true}) or /api/generate ({response, done: true}); null for anything else. */
export function ollamaBody(value: unknown): Body | null {
  const response = objectOf(value);
  if (response === null || response.done !== true) return null;
  const message = objectOf(response.message);
  const time = timeOf(response.created_at);
  const said = { ...saidOf(undefined, response.model), ...(time === undefined ? {} : { time }) };
  if (message !== null) return { ...said, replies: [messageReply(message, response.done_reason)] };
  if (typeof response.response !== 'string') return null;
  const thinking = { reasoning_content: response.thinking };
  return { ...said, replies: [replyOf({ content: response.response, ...thinking }, endOf(response.done_reason))] };
}

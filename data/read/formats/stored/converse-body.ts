import { type Fields, objectOf } from '../../table/fields.js';
import { messageReply } from './message.js';
import type { Body } from './response.js';

/** A response of Amazon Bedrock's Converse API: {output: {message}, stopReason}; null for anything else. */
export function converseBody(value: unknown): Body | null {
  const response = objectOf(value);
  const message = response === null ? null : messageIn(response);
  if (response === null || message === null) return null;
  return { replies: [messageReply(message, response.stopReason)] };
}

/** The message of a response: its content is a list of blocks without a type. */
export function messageIn(response: Fields): Fields | null {
  const message = objectOf(objectOf(response.output)?.message);
  return message !== null && Array.isArray(message.content) && typeof response.stopReason === 'string' ? message : null;
}

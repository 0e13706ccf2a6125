import { VouchError } from '../../../../support/errors.js';
import { isObject } from '../../../check-value.js';
import type { Reply } from '../parts/reply.js';
import { toJsonText } from './json-text.js';

/** A provider's response: its replies, the first of which is the answer, and its own id, model and settings. */
export interface Body {
  replies: Reply[];
  id?: string;
  model?: string;
  time?: string;
  /** The mean log-probability of the answer, if its tokens are not listed. */
  avgLogprobs?: number;
}

/** The response's own id and model, if they are text. */
export function saidOf(id: unknown, model: unknown): Pick<Body, 'id' | 'model'> {
  return {
    ...(typeof id === 'string' && id !== '' ? { id } : {}),
    ...(typeof model === 'string' && model !== '' ? { model } : {}),
  };
}

/** Why a request failed: the text of its `error`, or the message of its `error` object; null if there is none. */
export function failureIn(value: unknown): string | null {
  if (!isObject(value)) return null;
  const { error } = value;
  if (error == null || error === false || error === '') return null;
  if (typeof error === 'string') return error;
  if (!isObject(error)) return toJsonText(error);
  const inner = isObject(error.error) ? error.error : error;
  return typeof inner.message === 'string' ? inner.message : toJsonText(inner);
}

/**
 * The replies of a call that failed. A reply with a finish reason is kept; any other broke off and is not an answer.
 */
export function brokenOff(replies: readonly Reply[]): Reply[] {
  return replies.map((reply) => (reply.finish === undefined ? { answer: null, finish: 'error' } : reply));
}

/** The error for a request that failed. */
export function requestFailed(reason: string, field = 'error'): VouchError {
  return new VouchError('BAD_RECORD', `the request failed: ${reason.trim().replace(/\.$/, '')}`, { field });
}

import { z } from 'zod';
import { VouchError } from '../../../support/errors.js';
import { readJson } from '../../../support/files/read-json.js';
import { boundedJson } from '../../read/json/bounded-json.js';
import { type Message, messageSchema } from '../../record.js';
import type { Question } from '../question.js';

const turns = z.array(messageSchema);
const prefixSchema = z.union([turns.transform((messages) => ({ default: messages })), z.record(z.string(), turns)]);

/**
 * Few-shot and system messages to put before every prompt, by kind of question. A file holds either one array of
 * messages for all questions, or an object `{kind: messages[]}`. The kind is the question's `prefix`, else its `task`,
 * else `default`.
 */
export type Prefix = Record<string, Message[]>;

export async function readPrefix(file: string): Promise<Prefix> {
  const value = await readJson(file, 'the prefix is', boundedJson);
  const parsed = prefixSchema.safeParse(value);
  if (parsed.success) return parsed.data as Prefix;
  const expected = 'an array of {role, content}, or an object {kind: such an array}';
  throw new VouchError('BAD_RECORD', 'this is not a list of messages', { file, expected, got: value });
}

/**
 * The messages to put before this question's own. Undefined if the question names a kind that the file does not have.
 */
export function prefixFor(question: Pick<Question, 'prefix' | 'task'>, prefix: Prefix): Message[] | undefined {
  const own = question.prefix;
  if (Array.isArray(own)) return own;
  if (typeof own === 'string') return prefix[own];
  return (question.task == null ? undefined : prefix[question.task]) ?? prefix.default ?? [];
}

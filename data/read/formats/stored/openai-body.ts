import { VouchError } from '../../../../support/errors.js';
import { isObject } from '../../../check-value.js';
import { type Fields, objectOf } from '../../table/fields.js';
import { isChunk } from '../openai/kind.js';
import type { Reply } from '../parts/reply.js';
import { messageReply } from './message.js';
import { type Body, saidOf } from './response.js';
import { timeOf } from './time.js';

/**
 * A chat completion or a text completion of OpenAI's API, as a tool stored it; null for anything else. Errors:
 * BAD_RECORD for one without choices, and for chunks of a stream.
 */
export function openaiBody(value: unknown): Body | null {
  if (Array.isArray(value) && value.length > 0 && value.every((item) => isObject(item) && isChunk(item)))
    throw chunks();
  const completion = objectOf(value);
  if (completion === null || !Array.isArray(completion.choices)) return null;
  const choices = completion.choices.map((choice) => objectOf(choice) ?? {});
  if (choices.length === 0) {
    throw new VouchError('BAD_RECORD', 'has no answer', {
      field: 'choices',
      expected: 'a response with at least one choice',
      got: completion.choices,
    });
  }
  if (isChunk(completion)) throw chunks();
  choices.sort((a, b) => Number(a.index ?? 0) - Number(b.index ?? 0));
  const time = timeOf(completion.created);
  return {
    ...saidOf(completion.id, completion.model),
    ...(time === undefined ? {} : { time }),
    replies: choices.map(choiceReply),
  };
}

function choiceReply(choice: Fields): Reply {
  const message = objectOf(choice.message) ?? { role: 'assistant', content: choice.text };
  return messageReply(message, choice.finish_reason ?? choice.stop_reason, choice.logprobs);
}

function chunks(): VouchError {
  return new VouchError('BAD_RECORD', 'the output contains the chunks of a stream, not an answer', {
    field: 'choices',
    expected: 'a whole completion',
    hint: 'Log the joined completion, or store each chunk on a line of its own.',
  });
}

import { finishOf, leavesNoAnswer } from '../../finish.js';
import { holdsReasoning, partText } from '../../reasoning.js';
import type { Token } from '../../record.js';
import type { ChatChoice } from './chat.js';
import { tokensOf } from './tokens-of.js';

/**
 * One choice of a reply, in the fields of a record. `answer` is trimmed; it may be empty, and is null if there is no
 * answer. `tokens` is absent if the endpoint sent none.
 */
export interface Answered {
  answer: string | null;
  finish?: string;
  reasoning?: string;
  tokens?: Token[];
}

/**
 * Reads a choice. `content: null` is an empty answer. A refusal is the answer, with finish `refusal`. Reasoning, sent
 * in a field of its own or before the answer (`reasoning.ts`), goes to `reasoning`; the tokens are those of the answer
 * alone. A tool or function call is no answer, nor is a text that a content filter or a failure cut off.
 */
export function readChoice(choice: ChatChoice): Answered {
  const message = choice.message ?? {};
  const said = contentText(message.content);
  const parted = holdsReasoning(said) ? partText(said) : null;
  const refusal = said === '' ? (message.refusal ?? '') : '';
  const answer = (refusal || (parted === null ? said : (parted.answer ?? ''))).trim();
  const reasoning = (message.reasoning_content ?? message.reasoning ?? parted?.reasoning ?? '').trim();
  const called = parted !== null && parted.answer === null ? 'tool_calls' : calledBy(message);
  const end = called ?? (choice.error == null ? finishOf(choice.finish_reason) : 'error');
  if (leavesNoAnswer(end)) return { answer: null, finish: end, ...(reasoning === '' ? {} : { reasoning }) };
  const finish = refusal !== '' ? 'refusal' : choice.finish_reason;
  const tokens = tokensOf(choice.logprobs, answer, reasoning !== '');
  return {
    answer,
    ...(finish == null ? {} : { finish }),
    ...(reasoning === '' ? {} : { reasoning }),
    ...(tokens === undefined ? {} : { tokens }),
  };
}

function calledBy({ tool_calls: tools, function_call: call }: NonNullable<ChatChoice['message']>): string | undefined {
  if (Array.isArray(tools) && tools.length > 0) return 'tool_calls';
  return call == null ? undefined : 'function_call';
}

function contentText(content: NonNullable<ChatChoice['message']>['content']): string {
  return typeof content === 'string' ? content : (content ?? []).map((part) => part.text ?? '').join('');
}

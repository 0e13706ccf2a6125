import { finishOf, leavesNoAnswer } from '../../finish.js';
import { type Fields, objectOf } from '../fields.js';
import { openaiTokens } from '../openai-tokens.js';
import { contentOf } from './messages.js';

/** What a model replied, as canonical fields; `answer` is null where the reply is no answer, and `finish` then says why. */
export interface Reply {
  answer: string | null;
  finish?: string;
  reasoning?: string;
  tokens?: Fields[];
}

/**
 * A chat message as a reply: text, else its refusal; null with `finish` where it is a tool or function call, was cut off by a
 * content filter or failed. `logprobs` as OpenAI's choices have them.
 */
export function replyOf(message: Fields, finish: unknown, logprobs?: unknown): Reply {
  const end = calledOf(message) ?? finishOf(finish);
  const thought = [message.reasoning_content, message.reasoning, message.thinking].find(
    (text) => typeof text === 'string' && text !== '',
  );
  const reasoning = thought === undefined ? {} : { reasoning: thought as string };
  if (leavesNoAnswer(end)) return { answer: null, finish: end, ...reasoning };
  const content = contentOf(message.content).text;
  const answer = content || (typeof message.refusal === 'string' ? message.refusal : '');
  const tokens = openaiTokens(logprobs, answer, thought !== undefined);
  return {
    answer,
    ...(end === undefined ? {} : { finish: end }),
    ...reasoning,
    ...(tokens === undefined ? {} : { tokens }),
  };
}

/** Whether a message calls a tool or a function. */
function calledOf(message: Fields): string | undefined {
  if (Array.isArray(message.tool_calls) && message.tool_calls.length > 0) return 'tool_calls';
  return objectOf(message.function_call) === null ? undefined : 'function_call';
}

import type { ChatReply } from '../endpoint/chat.js';
import type { Chat } from '../endpoint/client.js';

/** Tokens of the model that answers. NaN if the endpoint does not say how many there were. */
export interface Spent {
  promptTokens: number;
  completionTokens: number;
}

/** A chat that adds up what its requests cost. */
export interface Metered {
  chat: Chat;
  spent: Spent;
}

export function metered(chat: Chat): Metered {
  const spent: Spent = { promptTokens: 0, completionTokens: 0 };
  return {
    spent,
    chat: async (request) => {
      const reply = await chat(request);
      spent.promptTokens += promptTokens(reply);
      reply.choices.forEach((_, i) => {
        spent.completionTokens += completionTokens(reply, i);
      });
      return reply;
    },
  };
}

export function promptTokens({ usage }: ChatReply): number {
  return usage?.prompt_tokens ?? Number.NaN;
}

/**
 * The tokens of choice i. With a single choice, the endpoint says it. With several, its listed log-probabilities count,
 * because some servers report the first choice only; without them, each choice gets an equal part.
 */
export function completionTokens({ choices, usage }: ChatReply, i: number): number {
  const all = usage?.completion_tokens ?? Number.NaN;
  if (choices.length === 1 && !Number.isNaN(all)) return all;
  const { content, refusal, tokens } = choices[i].logprobs ?? {};
  const listed = (content?.length ?? 0) + (refusal?.length ?? 0) || (tokens?.length ?? 0);
  return listed > 0 ? listed : all / choices.length;
}

/** What was spent, in the fields of an attempt; a number that is unknown is left out. */
export function spentFields({ promptTokens: read, completionTokens: written }: Spent): Partial<Spent> {
  return {
    ...(Number.isNaN(read) ? {} : { promptTokens: Math.round(read) }),
    ...(Number.isNaN(written) ? {} : { completionTokens: Math.round(written) }),
  };
}

import type { Attempt } from '../../record.js';
import type { ChatReply } from '../endpoint/chat.js';
import type { Chat } from '../endpoint/client.js';

/** Tokens of the model that answers. NaN if the endpoint does not say how many there were. */
export interface Spent {
  promptTokens: number;
  completionTokens: number;
}

/** A chat that adds up what its requests cost. */
interface Metered {
  chat: Chat;
  /** For everything but samples; and for samples. */
  spent: Spent;
  onSamples: Spent;
}

export function metered(chat: Chat): Metered {
  const spent: Spent = { promptTokens: 0, completionTokens: 0 };
  const onSamples: Spent = { promptTokens: 0, completionTokens: 0 };
  return {
    spent,
    onSamples,
    chat: async (request) => {
      const reply = await chat(request);
      const into = request.kind === 'samples' ? onSamples : spent;
      into.promptTokens += promptTokens(reply);
      reply.choices.forEach((_, i) => {
        into.completionTokens += completionTokens(reply, i);
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

/** What was spent, in the fields of an attempt. A number that is unknown is left out, and what no samples cost. */
export function spentFields(spent: Spent, onSamples?: Spent): Partial<Attempt> {
  const { promptTokens: read, completionTokens: written } = spent;
  return {
    ...(Number.isNaN(read) ? {} : { promptTokens: read }),
    ...(Number.isNaN(written) ? {} : { completionTokens: written }),
    ...(onSamples?.promptTokens ? { samplePromptTokens: onSamples.promptTokens } : {}),
    ...(onSamples?.completionTokens ? { sampleCompletionTokens: onSamples.completionTokens } : {}),
  };
}

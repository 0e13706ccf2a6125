import { VouchError } from '../../../../support/errors.js';
import type { Fields } from '../../table/fields.js';
import type { ListedToken } from '../parts/answer-tokens.js';

export interface EchoOptions {
  /** As it was asked: a text, or token ids; undefined where it is not known. */
  prompt: unknown;
  /** Whether the request asked for the prompt before the text. */
  echo: boolean;
  usage: Fields | null;
}

export interface WithoutEcho {
  answer: string;
  listed: ListedToken[] | undefined;
  /** Whether tokens of a prompt may still be listed before those of the answer. */
  more: boolean;
}

/**
 * A choice's text and tokens without the prompt that `echo` puts before them. The prompt is told by its text, else by the number
 * of its tokens. Where the request does not say `echo`, a first token without a log-probability does: nothing precedes it that
 * it could be scored after. Error: BAD_RECORD where the text holds a prompt that is not known.
 */
export function withoutEcho(
  text: string,
  listed: ListedToken[] | undefined,
  { prompt, echo, usage }: EchoOptions,
): WithoutEcho | VouchError {
  const plain = { answer: text, listed, more: false };
  const scored = listed !== undefined && listed.length > 1 && listed[0].logprob == null && listed[1].logprob != null;
  if (!echo && !scored) return plain;
  if (typeof prompt === 'string') {
    for (const begun of [prompt, prompt.trim(), withoutMarks(prompt)]) {
      const at = text.indexOf(begun);
      if (at >= 0 && text.slice(0, at).trim() === '')
        return { answer: text.slice(at + begun.length), listed, more: true };
    }
    if (!scored && !resembles(text, prompt)) return { ...plain, more: true };
    if (!echo) return plain;
  }
  if (listed !== undefined) {
    if (!echo && usage?.completion_tokens === listed.length) return plain;
    const asked = Array.isArray(prompt) ? prompt.length : promptTokens(listed.length, usage);
    if (asked !== undefined) {
      const before = listed
        .slice(0, asked)
        .map(({ token }) => token)
        .join('');
      const answer = text.startsWith(before) ? text.slice(before.length) : text;
      return { answer, listed: listed.slice(asked), more: false };
    }
    const said = listed.map(({ token }) => token).join('');
    if (said.length > text.length && said.trimEnd().endsWith(text.trimEnd())) return { ...plain, more: true };
  }
  return new VouchError('BAD_RECORD', 'holds its prompt (echo), which cannot be told from the answer', {
    field: 'text',
    expected: 'the request with its prompt as text',
    got: text,
    hint: 'Log the request beside the response, or ask without echo.',
  });
}

/** A prompt as a server echoes it that leaves special tokens out. */
function withoutMarks(prompt: string): string {
  return prompt.replace(/<[^<>\s]{1,40}>/g, '').trim();
}

/** Whether a text begins as a prompt does, so that it may hold it in another spelling. */
function resembles(text: string, prompt: string): boolean {
  const begin = withoutMarks(prompt).slice(0, 12);
  return begin !== '' && text.trimStart().startsWith(begin);
}

/** How many tokens a prompt had, where the usage accounts for all that are listed. */
function promptTokens(listed: number, usage: Fields | null): number | undefined {
  const { prompt_tokens: prompt, completion_tokens: completion } = usage ?? {};
  if (typeof prompt !== 'number' || typeof completion !== 'number') return undefined;
  return prompt + completion === listed ? prompt : undefined;
}

import { VouchError } from '../../../../support/errors.js';
import type { Fields } from '../../table/fields.js';
import type { ListedToken } from '../parts/answer-tokens.js';

interface EchoOptions {
  /** The prompt as sent: a text, or token ids; undefined if unknown. */
  prompt: unknown;
  /** Whether the request asked for the prompt to be repeated before the text. */
  echo: boolean;
  usage: Fields | null;
}

interface WithoutEcho {
  answer: string;
  listed: ListedToken[] | undefined;
  /** Whether tokens of a prompt may still be listed before those of the answer. */
  more: boolean;
}

/**
 * Removes the prompt that `echo` puts before a choice's text and tokens. The prompt is recognised by its text, else by
 * the number of its tokens. If the request does not state `echo`, a first token without a log-probability shows it:
 * such a token has nothing before it that it could be scored on. Error: BAD_RECORD if the text contains a prompt that
 * is not known.
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
  return new VouchError('BAD_RECORD', 'contains its prompt (echo), which cannot be separated from the answer', {
    field: 'text',
    expected: 'the request with its prompt as text',
    got: text,
    hint: 'Log the request with the response, or ask without echo.',
  });
}

/** The prompt as echoed by a server that leaves special tokens out. */
function withoutMarks(prompt: string): string {
  return prompt.replace(/<[^<>\s]{1,40}>/g, '').trim();
}

/** Whether a text begins similarly to a prompt, so that it may contain it in another spelling. */
function resembles(text: string, prompt: string): boolean {
  const begin = withoutMarks(prompt).slice(0, 12);
  return begin !== '' && text.trimStart().startsWith(begin);
}

/** The number of tokens of a prompt, if the usage accounts for all listed tokens. */
function promptTokens(listed: number, usage: Fields | null): number | undefined {
  const { prompt_tokens: prompt, completion_tokens: completion } = usage ?? {};
  if (typeof prompt !== 'number' || typeof completion !== 'number') return undefined;
  return prompt + completion === listed ? prompt : undefined;
}

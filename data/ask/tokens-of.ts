import { type Alternative, LOGPROB_SLACK, type Token } from '../record.js';
import type { ChatChoice } from './chat.js';

type Logprobs = ChatChoice['logprobs'];
type Listed = { token: string; logprob?: number | null; bytes?: unknown; top_logprobs?: Alternative[] | null };

/**
 * The answer's tokens out of an endpoint's log-probabilities: OpenAI's list, a refusal's list, or the older parallel
 * arrays. End and stop tokens, white space around the answer and the tokens of a reasoning before it are left out, by
 * finding the answer in the joined bytes. Numbers keep six significant digits, as many as float32 servers have.
 * Undefined when there are none, or when they cannot be told from the reasoning's.
 */
export function tokensOf(logprobs: Logprobs, answer: string, reasoned: boolean): Token[] | undefined {
  const listed = listOf(logprobs);
  if (listed.length === 0) return undefined;
  const span = spanOf(listed, answer) ?? (reasoned ? undefined : withoutEnd(listed));
  if (span === undefined || span.length === 0) return undefined;
  return span.map(({ token, logprob, top_logprobs: top }) => ({
    token,
    ...short(logprob),
    ...(top == null || top.length === 0
      ? {}
      : { top: top.map((other) => ({ token: other.token, ...short(other.logprob) })) }),
  }));
}

function listOf(logprobs: Logprobs): Listed[] {
  if (logprobs == null) return [];
  if (logprobs.content != null && logprobs.content.length > 0) return logprobs.content;
  if (logprobs.refusal != null) return logprobs.refusal;
  return (logprobs.tokens ?? []).map((token, i) => ({
    token,
    logprob: logprobs.token_logprobs?.[i],
    top_logprobs: Object.entries(logprobs.top_logprobs?.[i] ?? {}).map(([text, logprob]) => ({ token: text, logprob })),
  }));
}

/** The tokens that overlap the last place where the answer stands in them; undefined where it does not. */
function spanOf(listed: Listed[], answer: string): Listed[] | undefined {
  if (answer === '') return undefined;
  const parts = listed.map(bytesOf);
  const start = Buffer.concat(parts).lastIndexOf(answer);
  if (start < 0) return undefined;
  const end = start + Buffer.byteLength(answer);
  let at = 0;
  return listed.filter((_, i) => {
    const from = at;
    at += parts[i].length;
    return from < end && at > start;
  });
}

function bytesOf(entry: Listed): Buffer {
  return Array.isArray(entry.bytes) ? Buffer.from(entry.bytes as number[]) : Buffer.from(entry.token);
}

/** End tokens as models spell them: <|im_end|>, </s>, <eos>, <end_of_turn>, or nothing at all. */
const END = /^(<\|[^|]*\|>|<｜[^｜]*｜>|<\/s>|<eos>|<end_of_turn>|\[EOS\]|)$/;

function withoutEnd(listed: Listed[]): Listed[] {
  let end = listed.length;
  while (end > 0 && END.test(listed[end - 1].token)) end--;
  return listed.slice(0, end);
}

/** Six significant digits; "none" as −9999, which JSON can hold; nothing for what is no log-probability. */
function short(logprob: number | null | undefined): { logprob?: number } {
  if (logprob == null || !(logprob <= LOGPROB_SLACK)) return {};
  return { logprob: logprob < -9999 ? -9999 : Math.min(Number(logprob.toPrecision(6)), 0) };
}

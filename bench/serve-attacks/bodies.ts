import { makeLines } from '../features/lines.js';

/** Bytes of a plain reply. */
export const PIECE = 1 << 18;

const shape = { tokens: 60, alternatives: 5, words: 50 };

/** Ordinary records, the same as in bench/serve.ts. */
export const records = makeLines(64, shape, 'bench/serve').toString().trim().split('\n');

/** One answer of this many tokens, with 5 alternatives each. */
export function longRecord(tokens: number): string {
  return makeLines(1, { tokens, alternatives: 5, words: Math.ceil(0.8 * tokens) }, 'bench/serve-attacks')
    .toString()
    .trim();
}

/** The same as a reply of the OpenAI API. */
export function completionOf(tokens: number): object {
  const record = JSON.parse(longRecord(tokens)) as {
    answer: string;
    tokens: { token: string; logprob: number; top: object[] }[];
  };
  const content = record.tokens.map(({ token, logprob, top }) => ({ token, logprob, bytes: null, top_logprobs: top }));
  const message = { role: 'assistant', content: record.answer };
  return { model: 'm0', choices: [{ index: 0, message, logprobs: { content }, finish_reason: 'stop' }] };
}

/** A JSON text of this many bytes that consists of nested lists. */
export function nested(bytes: number): Buffer {
  const deep = `${'['.repeat(400)}${']'.repeat(400)}`;
  const text = `{"answer":"x","records":[${Array(Math.floor(bytes / (deep.length + 1)) - 1).fill(deep)}]}`;
  return Buffer.from(text);
}

/** A body with as many short records as fit. */
export function manyRecords(bytes: number, most: number): Buffer {
  const each = Math.floor(bytes / most) - 40;
  const list = Array.from({ length: most }, (_, i) => JSON.stringify({ answer: `${i} `.repeat(each / 5) }));
  return Buffer.from(`{"records":[${list}]}`.slice(0, bytes));
}

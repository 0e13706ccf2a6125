import type { Tokenizer } from '@huggingface/tokenizers';
import { VouchError } from '../../support/errors.js';

/** A text, or a pair of texts, as a model reads it: one number per token, special tokens included. */
export interface Encoded {
  ids: number[];
  /** 0 for the first text and 1 for the second one, as the tokenizer's template says. */
  types: number[];
}

/** Turns texts into the numbers of a vocabulary, each at most `maxTokens` long. */
export interface Tokeniser {
  one(text: string): Encoded;
  pair(first: string, second: string): Encoded;
  /**
   * Pairs of each part of the first text with the second one. Parts overlap by a quarter, and together they have all
   * tokens of the first text; the second text is cut to half of the room.
   */
  windows(first: string, second: string): Encoded[];
}

/**
 * Of a text longer than this many characters per token, only the beginning is read: the rest would be cut anyway, and
 * tokenising it takes time.
 */
const MOST_CHARACTERS = 64;

/**
 * Opens the content of a tokenizer.json. Texts are cut as Hugging Face tokenizers cut them: at the end, and the longer
 * one of a pair first (strategy `longest_first`). Tokens that the vocabulary lacks are left out if it has no token for
 * "unknown". Errors: ENCODER_BAD for a tokenizer of an unknown kind, or if `maxTokens` leaves no room for a text.
 */
export async function openTokeniser(content: object, maxTokens: number, file: string): Promise<Tokeniser> {
  const tokenizer = await opened(content, file);
  const most = MOST_CHARACTERS * maxTokens;
  const unknown = (tokenizer.model as unknown as { unk_token_id?: number }).unk_token_id;
  const tokensOf = (text: string) =>
    tokenizer.tokenize(text.length > most ? text.slice(0, most) : text, { add_special_tokens: false });
  const encoded = (first: string[], second: string[] | null): Encoded => {
    const { post_processor: template } = tokenizer;
    const { tokens, token_type_ids: types }: { tokens: string[]; token_type_ids?: number[] } =
      template === null
        ? { tokens: [...first, ...(second ?? [])], token_type_ids: undefined }
        : template.post_process(first, second, true);
    const ids = tokens.map((token) => tokenizer.token_to_id(token) ?? unknown);
    const known = ids.map((id) => id !== undefined);
    return {
      ids: ids.filter((id) => id !== undefined),
      types: known.flatMap((is, i) => (is ? [types?.[i] ?? 0] : [])),
    };
  };
  const room = (pair: boolean) => maxTokens - encoded([], pair ? [] : null).ids.length;
  const single = room(false);
  const double = room(true);
  if (single < 1) {
    throw new VouchError('ENCODER_BAD', 'maxTokens leaves no room for a text', {
      file,
      field: 'maxTokens',
      expected: `more than ${maxTokens - single} tokens`,
      got: maxTokens,
    });
  }
  return {
    one: (text) => encoded(tokensOf(text).slice(0, single), null),
    pair: (first, second) => {
      const a = tokensOf(first);
      const b = tokensOf(second);
      const [n, m] = longestFirst(a.length, b.length, double);
      return encoded(a.slice(0, n), b.slice(0, m));
    },
    windows: (first, second) => {
      const a = tokenizer.tokenize(first, { add_special_tokens: false });
      const b = tokensOf(second).slice(0, Math.max(0, Math.floor(double / 2)));
      return windowsOf(a.length, double - b.length).map((from) => encoded(a.slice(from, from + double - b.length), b));
    },
  };
}

/**
 * Where windows of `size` tokens begin that together cover `length` tokens: each three quarters of a window after the
 * one before it, the last one at the end.
 */
export function windowsOf(length: number, size: number): number[] {
  const starts = [0];
  const step = Math.max(1, Math.floor((3 * size) / 4));
  for (let from = step; from + size - step < length; from += step) starts.push(Math.min(from, length - size));
  return starts;
}

/** How many tokens of each text of a pair remain if at most `room` may. */
export function longestFirst(first: number, second: number, room: number): [first: number, second: number] {
  if (first + second <= room) return [first, second];
  const half = Math.max(0, Math.floor(room / 2));
  const rest = Math.max(0, room - half);
  if (first > second) return second <= half ? [room - second, second] : [rest, half];
  return first <= half ? [first, room - first] : [half, rest];
}

/** The library reads every other kind as a list of words, which would be wrong without a word of it. */
const KINDS = ['WordPiece', 'BPE', 'Unigram'];

async function opened(content: object, file: string): Promise<Tokenizer> {
  const kind = (content as { model?: { type?: unknown } }).model?.type;
  if (kind !== undefined && !KINDS.some((known) => known === kind)) {
    const detail = { file, field: 'model.type', expected: KINDS.join(', '), got: kind };
    throw new VouchError('ENCODER_BAD', 'this kind of tokenizer is not known', detail);
  }
  const { Tokenizer } = await import('@huggingface/tokenizers');
  try {
    return new Tokenizer(content, {});
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new VouchError('ENCODER_BAD', `the tokenizer cannot be used: ${reason}`, { file, cause });
  }
}

import { alignTokens } from '../../../align/align-tokens.js';
import { bytesOf, hasBytes, type LoggedToken, type Reading, textOf } from '../../../align/token-pieces.js';
import { type Fields, objectOf } from '../../table/fields.js';

/** A token as a server listed it, before it is known to belong to the answer. */
export interface ListedToken extends LoggedToken {
  logprob?: unknown;
  /** Alternatives with a token and a log-probability, or a probability. */
  top?: readonly unknown[];
}

/**
 * The tokens of an answer, in the form of the record, from a list that may also contain end marks, reasoning or an
 * echoed prompt (`more`: it is known to contain these). Undefined if nothing was listed, or if the answer cannot be
 * found in the list. `bytes` are kept if the token's text does not determine them.
 */
export function answerTokens(
  listed: readonly ListedToken[] | undefined,
  answer: string,
  more = false,
): Fields[] | undefined {
  if (listed === undefined) return undefined;
  const found = alignTokens(listed, answer, more);
  if (found === null) return undefined;
  const { first, end, pieces, reading } = found;
  const tokens: Fields[] = [];
  for (let i = first; i < end; i++) if (pieces[i] !== '') tokens.push(tokenOf(listed[i], pieces[i], reading));
  return tokens;
}

function tokenOf(item: ListedToken, piece: string, reading: Reading): Fields {
  const { logprob, top } = item;
  const token: Fields = { token: reading.text?.(item.token) ?? item.token };
  if (logprob !== undefined) token.logprob = logprobOf(logprob);
  if (bytesOf(token.token as string) !== piece) {
    const text = textOf(piece);
    if (!hasBytes(item) && bytesOf(text) === piece) token.token = text;
    else token.bytes = [...Buffer.from(piece, 'latin1')];
  }
  if (top !== undefined && top.length > 0) token.top = top.map((other) => alternativeOf(other, reading));
  return token;
}

function alternativeOf(item: unknown, { text }: Reading): Fields {
  const { token, logprob, prob } = objectOf(item) ?? {};
  const said = text === undefined || typeof token !== 'string' ? token : text(token);
  return { token: said, logprob: logprobOf(logprob ?? logOf(prob)) };
}

/** A log-probability as logged. Some writers make "-inf" of −Infinity; it is read as −Infinity. */
function logprobOf(value: unknown): unknown {
  return typeof value === 'string' && /^-inf(inity)?$/i.test(value) ? Number.NEGATIVE_INFINITY : value;
}

/**
 * The tokens in a choice's `logprobs`: from `content` (or `refusal`) of chat completions, from the parallel arrays of
 * the older completions, or from the bare list of the Responses API and Ollama. Undefined if there is none. Source:
 * openai-python 3.57, `ChoiceLogprobs`, `completion_choice.Logprobs`, `ResponseOutputText.logprobs`.
 */
export function listedTokens(logprobs: unknown): ListedToken[] | undefined {
  if (Array.isArray(logprobs)) return logprobs.length === 0 ? undefined : logprobs.map(listedToken);
  const value = objectOf(logprobs);
  if (value === null) return undefined;
  const lists = [value.content, value.refusal].filter((list): list is unknown[] => Array.isArray(list));
  const list = lists.find((items) => items.length > 0);
  if (list !== undefined) return list.map(listedToken);
  return parallelTokens(value);
}

function listedToken(item: unknown): ListedToken {
  const { token, logprob, bytes, prob, top_logprobs: top, top_probs: topProbs } = objectOf(item) ?? {};
  const others = Array.isArray(top) ? top : Array.isArray(topProbs) ? topProbs : [];
  return {
    token: named(token, bytes),
    logprob: logprob ?? logOf(prob),
    bytes,
    top: others,
  };
}

/** A token's text. If vLLM names the token by its id (`token_id:5`), the text comes from its bytes. */
function named(token: unknown, bytes: unknown): string {
  const text = String(token ?? '');
  return /^token_id:\d+$/.test(text) && Array.isArray(bytes) ? Buffer.from(bytes as number[]).toString('utf8') : text;
}

/** The log of a logged probability; undefined if none was logged. */
export function logOf(prob: unknown): number | undefined {
  return typeof prob === 'number' ? Math.log(prob) : undefined;
}

/** Alternatives, stored as a dictionary by their texts or as a list. */
function alternatives(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return Object.entries(objectOf(value) ?? {}).map(([token, logprob]) => ({ token, logprob }));
}

/** The older form: `tokens`, `token_logprobs`, and `top_logprobs` with one dictionary per token. */
function parallelTokens({ tokens, token_logprobs: own, top_logprobs: tops }: Fields): ListedToken[] | undefined {
  if (!Array.isArray(tokens) || tokens.length === 0) return undefined;
  return tokens.map((token: unknown, i) => ({
    token: String(token ?? ''),
    logprob: Array.isArray(own) ? own[i] : undefined,
    top: alternatives(Array.isArray(tops) ? tops[i] : null),
  }));
}

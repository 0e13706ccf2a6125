import type bindings from '@duckdb/node-bindings';
import { LOGPROB_SLACK } from '../record.js';
import { textAt } from './text-column.js';
import { SHAPE, type TokenBlock, type TokenSpan } from './token-block.js';
import type { TokenType } from './token-type.js';
import { VectorTexts } from './vector-texts.js';
import { type Column, columnOf, fieldOf, isNull, listsOf, numbersOf } from './vectors.js';

type Bindings = typeof bindings;

/**
 * The content of a row in a token column: a span of a block; null; or, if it is invalid, the values themselves, so that
 * the checker can report what is wrong.
 */
export type RowTokens = TokenSpan | null | { odd: unknown };

/** A column of texts and log-probabilities: of tokens, or of alternatives. */
interface Pairs {
  item: Column;
  text: Column;
  texts: VectorTexts;
  logprob: Column;
  logprobs: Float32Array | Float64Array;
  /** Whether nothing in it is null. */
  whole: boolean;
}

/** The tokens of one chunk, read from DuckDB's vectors without creating an object per token. */
export class TokenChunk {
  readonly #lists: Column;
  readonly #entries: Uint32Array;
  readonly #own: Pairs;
  readonly #top: { list: Column; entries: Uint32Array; pairs: Pairs } | null;

  constructor(
    private readonly duckdb: Bindings,
    /** Keeps the memory of the vectors alive. */
    readonly chunk: bindings.DataChunk,
    readonly rows: number,
    type: TokenType,
  ) {
    this.#lists = columnOf(duckdb, duckdb.data_chunk_get_vector(chunk, 0), rows);
    const { entries, child } = listsOf(duckdb, this.#lists);
    this.#entries = entries;
    this.#own = this.#pairs(child, type);
    this.#top = null;
    if (type.top === null) return;
    const list = fieldOf(duckdb, child, type.top.field);
    const inner = listsOf(duckdb, list);
    this.#top = { list, entries: inner.entries, pairs: this.#pairs(inner.child, type.top) };
  }

  #pairs(item: Column, { token, logprob, single }: { token: number; logprob: number; single: boolean }): Pairs {
    const text = fieldOf(this.duckdb, item, token);
    const numbers = fieldOf(this.duckdb, item, logprob);
    return {
      item,
      text,
      texts: new VectorTexts(this.duckdb, text, this),
      logprob: numbers,
      logprobs: numbersOf(this.duckdb, numbers, single),
      whole: item.valid === null && text.valid === null && numbers.valid === null,
    };
  }

  /** The tokens of rows [from, to) as a block, and the content of each row. The texts stay in DuckDB's memory. */
  take(from: number, to: number): { block: TokenBlock; rows: RowTokens[] } {
    const [tokens, alternatives] = this.#count(from, to);
    const block: TokenBlock = {
      logprobs: new Float64Array(tokens + alternatives),
      shape: new Int32Array(tokens * SHAPE),
      own: this.#own.texts,
      top: (this.#top?.pairs ?? this.#own).texts,
    };
    const rows: RowTokens[] = [];
    let shapeAt = 0;
    let at = 0;
    for (let i = from; i < to; i++) {
      if (isNull(this.#lists, i)) {
        rows.push(null);
        continue;
      }
      const end = this.#fill(block, i, shapeAt, at);
      if (end < 0) {
        rows.push({ odd: this.#values(i) });
        continue;
      }
      const length = this.#entries[4 * i + 2];
      rows.push({ tokens: length, logprobsAt: at, shapeAt });
      shapeAt += length;
      at = end;
    }
    return { block, rows };
  }

  #count(from: number, to: number): [tokens: number, alternatives: number] {
    let tokens = 0;
    let alternatives = 0;
    for (let i = from; i < to; i++) {
      if (isNull(this.#lists, i)) continue;
      const first = this.#entries[4 * i];
      const length = this.#entries[4 * i + 2];
      tokens += length;
      if (this.#top === null) continue;
      for (let t = first; t < first + length; t++) {
        if (!isNull(this.#top.list, t)) alternatives += this.#top.entries[4 * t + 2];
      }
    }
    return [tokens, alternatives];
  }

  /**
   * Writes one row's tokens into the block. Returns where the next row's numbers begin; −1 if a value is not valid in a
   * record.
   */
  #fill({ logprobs, shape }: TokenBlock, row: number, shapeAt: number, from: number): number {
    const own = this.#own;
    const top = this.#top;
    const first = this.#entries[4 * row];
    const end = first + this.#entries[4 * row + 2];
    let place = shapeAt * SHAPE;
    let at = from;
    for (let t = first; t < end; t++) {
      const logprob = numberAt(own, t);
      if (logprob > LOGPROB_SLACK) return -1;
      const hasTop = top !== null && !isNull(top.list, t);
      const start = hasTop ? top.entries[4 * t] : 0;
      const count = hasTop ? top.entries[4 * t + 2] : -1;
      shape[place] = own.texts.units(t);
      shape[place + 1] = count;
      shape[place + 2] = at;
      shape[place + 3] = t;
      shape[place + 4] = start;
      place += SHAPE;
      logprobs[at++] = logprob > 0 ? 0 : logprob;
      for (let k = start; k < start + count; k++) {
        const other = numberAt(top!.pairs, k);
        if (other > LOGPROB_SLACK) return -1;
        logprobs[at++] = other > 0 ? 0 : other;
      }
    }
    return at;
  }

  /** One row as lists and objects, including nulls. */
  #values(row: number): unknown[] {
    const pair = (pairs: Pairs, i: number): Record<string, unknown> | undefined => {
      if (isNull(pairs.item, i)) return undefined;
      const text = isNull(pairs.text, i) ? null : textAt(pairs.texts, i);
      return { token: text, logprob: isNull(pairs.logprob, i) ? null : pairs.logprobs[i] };
    };
    const first = this.#entries[4 * row];
    return Array.from({ length: this.#entries[4 * row + 2] }, (_, i) => {
      const own = pair(this.#own, first + i);
      const top = this.#top;
      if (own === undefined || top === null || isNull(top.list, first + i)) return own;
      const start = top.entries[4 * (first + i)];
      const count = top.entries[4 * (first + i) + 2];
      return { ...own, top: Array.from({ length: count }, (_, k) => pair(top.pairs, start + k)) };
    });
  }
}

/** A log-probability; NaN if it is null; Infinity, which is never valid, if its token or the token's text is null. */
function numberAt(pairs: Pairs, i: number): number {
  if (pairs.whole) return pairs.logprobs[i];
  if (isNull(pairs.item, i) || isNull(pairs.text, i)) return Number.POSITIVE_INFINITY;
  return isNull(pairs.logprob, i) ? Number.NaN : pairs.logprobs[i];
}

import type bindings from '@duckdb/node-bindings';
import { LOGPROB_SLACK } from '../record.js';
import { INLINE, SHAPE, TEXT, type TokenBlock, type TokenSpan } from './token-block.js';
import type { TokenType } from './token-type.js';
import { type Column, columnOf, fieldOf, isNull, listsOf, longText, numbersOf, textsOf } from './vectors.js';

type Bindings = typeof bindings;

/** What a row of a token column holds: a span of a block, null, or the values as they are, for the checker to say what is wrong. */
export type RowTokens = TokenSpan | null | { odd: unknown };

/** A column of texts and numbers: tokens, or alternatives. */
interface Pairs {
  item: Column;
  text: Column;
  texts: Uint8Array;
  /** Four 32-bit words a text: its length, then its bytes or where they are. */
  words: Uint32Array;
  logprob: Column;
  logprobs: Float32Array | Float64Array;
  /** Nothing is null. */
  whole: boolean;
}

/** A block that is being filled. */
interface Filling {
  block: TokenBlock;
  logprobs: Float64Array;
  shape: Int32Array;
  words: Uint32Array;
}

/** The tokens of one chunk, read from DuckDB's vectors without an object a token. */
export class TokenChunk {
  readonly #lists: Column;
  readonly #entries: Uint32Array;
  readonly #own: Pairs;
  readonly #top: { list: Column; entries: Uint32Array; pairs: Pairs } | null;

  constructor(
    private readonly duckdb: Bindings,
    /** What holds the vector's memory. */
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
    const texts = textsOf(this.duckdb, text);
    const numbers = fieldOf(this.duckdb, item, logprob);
    return {
      item,
      text,
      texts,
      words: new Uint32Array(texts.buffer, texts.byteOffset, texts.byteLength >> 2),
      logprob: numbers,
      logprobs: numbersOf(this.duckdb, numbers, single),
      whole: item.valid === null && text.valid === null && numbers.valid === null,
    };
  }

  /** The tokens of rows [from, to) as a block, and what each row holds. */
  take(from: number, to: number): { block: TokenBlock; rows: RowTokens[] } {
    const [tokens, alternatives] = this.#count(from, to);
    const block: TokenBlock = {
      logprobs: new Float64Array(tokens + alternatives),
      shape: new Int32Array(tokens * SHAPE),
      texts: new Uint8Array((tokens + alternatives) * TEXT),
      long: [],
    };
    const words = new Uint32Array(block.texts.buffer);
    const filling = { block, logprobs: block.logprobs, shape: block.shape, words };
    const rows: RowTokens[] = [];
    let shapeAt = 0;
    let at = 0;
    for (let i = from; i < to; i++) {
      if (isNull(this.#lists, i)) {
        rows.push(null);
        continue;
      }
      const end = this.#fill(filling, i, shapeAt, at);
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

  /** Writes one row's tokens; gives where the next row's numbers begin, −1 where something is not as a record has it. */
  #fill(filling: Filling, row: number, shapeAt: number, from: number): number {
    const first = this.#entries[4 * row];
    const length = this.#entries[4 * row + 2];
    const { block, shape } = filling;
    const own = this.#own;
    const top = this.#top;
    let at = from;
    for (let i = 0; i < length; i++) {
      const t = first + i;
      const place = (shapeAt + i) * SHAPE;
      shape[place + 2] = at;
      if (!this.#put(filling, own, t, at++)) return -1;
      shape[place] = this.#units(block, at - 1);
      if (top === null || isNull(top.list, t)) {
        shape[place + 1] = -1;
        continue;
      }
      const start = top.entries[4 * t];
      const count = top.entries[4 * t + 2];
      shape[place + 1] = count;
      for (let k = start; k < start + count; k++) if (!this.#put(filling, top.pairs, k, at++)) return -1;
    }
    return at;
  }

  /** Copies one text and its number. */
  #put({ logprobs, words, block }: Filling, pairs: Pairs, i: number, at: number): boolean {
    if (!pairs.whole && (isNull(pairs.item, i) || isNull(pairs.text, i))) return false;
    const logprob = !pairs.whole && isNull(pairs.logprob, i) ? Number.NaN : pairs.logprobs[i];
    if (logprob > 0 && logprob > LOGPROB_SLACK) return false;
    logprobs[at] = logprob > 0 ? 0 : logprob;
    const source = pairs.words;
    const from = 4 * i;
    const to = 4 * at;
    const size = source[from];
    words[to] = size;
    words[to + 1] = source[from + 1];
    if (size <= INLINE) {
      words[to + 2] = source[from + 2];
      words[to + 3] = source[from + 3];
      return true;
    }
    words[to + 2] = block.long.length;
    block.long.push(longText(this.duckdb, pairs.texts, i * TEXT, size));
    return true;
  }

  /** UTF-16 code units of a text: a byte of UTF-8 that begins a sign counts 1, one that begins a sign of four bytes 2. */
  #units({ texts, long }: TokenBlock, at: number): number {
    const from = at * TEXT;
    const size = texts[from] | (texts[from + 1] << 8) | (texts[from + 2] << 16) | (texts[from + 3] << 24);
    if (size > INLINE) return long[long.length - 1].length;
    let units = 0;
    for (let b = from + 4; b < from + 4 + size; b++) {
      const byte = texts[b];
      if ((byte & 0xc0) !== 0x80) units += byte >= 0xf0 ? 2 : 1;
    }
    return units;
  }

  /** One row as lists and objects, nulls and all. */
  #values(row: number): unknown[] {
    const pair = (pairs: Pairs, i: number): Record<string, unknown> | undefined => {
      if (isNull(pairs.item, i)) return undefined;
      const size = pairs.words[4 * i];
      const text = isNull(pairs.text, i)
        ? null
        : size > INLINE
          ? longText(this.duckdb, pairs.texts, i * TEXT, size)
          : Buffer.from(pairs.texts.subarray(i * TEXT + 4, i * TEXT + 4 + size)).toString('utf8');
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

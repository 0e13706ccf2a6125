import type { TokenColumn } from './open-tokens.js';
import type { TokenBlock } from './token-block.js';
import type { RowTokens, TokenChunk } from './token-chunk.js';

/** Rows of a token column, with the block that holds their tokens. */
interface TokenRows {
  block: TokenBlock;
  rows: RowTokens[];
}

/** Reads a column of tokens in step with the rows of its file. */
export class TokenCursor {
  #chunk: TokenChunk | null = null;
  #used = 0;
  readonly #chunks: AsyncGenerator<TokenChunk>;

  constructor(column: TokenColumn) {
    this.#chunks = column.chunks();
  }

  /** The tokens of the next rows, at most `count` of them; null at the end. Throws what DuckDB throws. */
  async take(count: number): Promise<TokenRows | null> {
    while (this.#chunk === null || this.#used === this.#chunk.rows) {
      const step = await this.#chunks.next();
      if (step.done) return null;
      this.#chunk = step.value;
      this.#used = 0;
    }
    const to = Math.min(this.#chunk.rows, this.#used + count);
    const taken = this.#chunk.take(this.#used, to);
    this.#used = to;
    return taken;
  }
}

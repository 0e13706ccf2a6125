import { copied, type TextColumn } from './text-column.js';
import { SHAPE, type TokenBlock } from './token-block.js';

/** Copies a block, with its texts, out of DuckDB's memory, so that it can be sent to another thread. */
export function settled(block: TokenBlock): TokenBlock {
  const { logprobs, shape, own, top } = block;
  return {
    logprobs,
    shape,
    own: part(own, shape, 3, () => 1),
    top: part(top, shape, 4, (t) => Math.max(0, shape[t + 1])),
  };
}

/** Copies the texts that tokens refer to: each from index `shape[t + field]`, `count(t)` of them. */
function part(column: TextColumn, shape: Int32Array, field: number, count: (t: number) => number): TextColumn {
  let from = Number.POSITIVE_INFINITY;
  let to = 0;
  for (let t = 0; t < shape.length; t += SHAPE) {
    const n = count(t);
    if (n === 0) continue;
    from = Math.min(from, shape[t + field]);
    to = Math.max(to, shape[t + field] + n);
  }
  return copied(column, Math.min(from, to), to);
}

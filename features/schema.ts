import type { HashShape } from './hashed-words.js';
import type { EmbeddingShape } from './vectors/embeddings.js';

/**
 * The signals that a model takes, in order. The manifest stores it, and row makers are built from it. `numeric` lists
 * `name@version`. Dynamic signals are `verifiers.NAME@1`, `features.NAME@1`, their `.logit` twins, `agreeWith.MODEL@1`,
 * `similarities.NAME.KEY@1` and `entailments.NAME.KEY@1`.
 */
export interface SignalSchema {
  /**
   * The number of alternatives per token that the model was trained with; 0 for none. Longer lists are truncated to it,
   * missing alternatives are filled in, and where too many are missing they count as not recorded
   * (features/tokens/fill.ts).
   */
  topK: number;
  numeric: string[];
  categorical: CategoricalSignal[];
  /** The hashed words that the text channel reads (features/hashed-words.ts); absent without a text channel. */
  words?: HashShape;
  /** The vectors that the embedding channel reads (`embeddings.NAME`), in order; absent without that channel. */
  embeddings?: EmbeddingShape[];
}

/**
 * A categorical input: `model`, `task`, `option` or `features.NAME`. `vocabulary[i]` has index i + 1. Index 0 is for
 * values that are missing, rare or were not seen in training.
 */
export interface CategoricalSignal {
  name: string;
  vocabulary: string[];
}

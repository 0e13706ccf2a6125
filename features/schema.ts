import type { HashShape } from './hashed-words.js';

/**
 * Which signals a model takes, in order: what the manifest stores and what the row maker is built from.
 * `numeric` holds `name@version`; dynamic ones are `verifiers.NAME@1`, `features.NAME@1` and
 * their `.logit` twins, and `agreeWith.MODEL@1`.
 */
export interface SignalSchema {
  /** Alternatives per token the model was trained with; longer lists are truncated to it, shorter ones count as not recorded. 0: none. */
  topK: number;
  numeric: string[];
  categorical: CategoricalSignal[];
  /** The hashed words that a text channel reads (features/hashed-words.ts); absent where there is none. */
  words?: HashShape;
}

/** A categorical input: `model`, `task`, `option` or `features.NAME`. Index 0 is unseen, rare or missing; `vocabulary[i]` has index i + 1. */
export interface CategoricalSignal {
  name: string;
  vocabulary: string[];
}

/** The tokens of a question (with its context) and of an answer, as `meaning/model/tokeniser.ts` gives them. */
export interface TokenPair {
  ids: readonly number[];
  /** 0 for a token of the first text, 1 for one of the second text. */
  types: readonly number[];
}

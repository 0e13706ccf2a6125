import type { AnswerRecord, Token } from './record.js';

/** The tokens of an answer, in order: a plain array, or numbers read straight from bytes (`packed-tokens.ts`). */
export interface TokenList extends Iterable<Token> {
  readonly length: number;
  at(i: number): Token | undefined;
}

/** An answer as signals read it: a record whose tokens need not be an array. */
export type Answer = {
  [Key in keyof AnswerRecord as Key extends 'tokens' ? never : Key]: AnswerRecord[Key];
} & { tokens?: TokenList | null };

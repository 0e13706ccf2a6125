import type { LoggedRecord, Token } from './record.js';

/** The tokens of an answer, in order: a plain array, or numbers read directly from bytes (`packed-tokens.ts`). */
export interface TokenList extends Iterable<Token> {
  readonly length: number;
  at(i: number): Token | undefined;
}

/** A record whose tokens may be a `TokenList` instead of an array. */
export type Logged = {
  [Key in keyof LoggedRecord as Key extends 'tokens' ? never : Key]: LoggedRecord[Key];
} & { tokens?: TokenList | null };

/** A record that has an answer, as signals read it. */
export type Answer = Logged & { answer: string };

/** Whether the model answered at all. A record without an answer gets no signals, no label and no probability. */
export function isAnswer(record: Logged): record is Answer {
  return record.answer !== null;
}

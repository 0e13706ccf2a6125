import { Kind } from './kind.js';
import type { Words } from './words.js';

/** Counts a character that is neither a space nor part of a word. Returns whether the next word begins a sentence. */
export function countSign(kind: number, out: Words): boolean {
  switch (kind) {
    case Kind.NEWLINE:
      out.lines++;
      return true;
    case Kind.STOP:
    case Kind.QUESTION:
      if (!out.ended) out.sentences++;
      if (kind === Kind.QUESTION) out.questions++;
      out.ended = true;
      return true;
    case Kind.COMMA:
      out.commas++;
      out.ended = false;
      return false;
    case Kind.QUOTE:
      out.quotes++;
      return false;
    case Kind.BRACKET:
      out.brackets++;
      return false;
    default:
      return false;
  }
}

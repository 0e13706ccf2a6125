import { StringDecoder } from 'node:string_decoder';
import type { Steps } from '../../../support/steps.js';

/** The most bytes that are decoded in one step. */
const PIECE = 1 << 18;

/** UTF-8 in blocks as text. What is not UTF-8 becomes U+FFFD, as in `Buffer.toString`. */
export function* textOf(blocks: readonly Buffer[]): Steps<string> {
  if (blocks.length === 1 && blocks[0].length <= PIECE) return blocks[0].toString();
  const decoder = new StringDecoder('utf8');
  let text = '';
  for (const block of blocks) {
    for (let from = 0; from < block.length; from += PIECE) {
      text += decoder.write(block.subarray(from, from + PIECE));
      yield;
    }
  }
  return text + decoder.end();
}

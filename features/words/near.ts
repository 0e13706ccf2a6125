import type { Run } from './common-run.js';
import { Flag } from './flags.js';
import { WordMap } from './word-map.js';
import type { Words } from './words.js';

const REACH = 25;
const window = new WordMap();
const seen = new WordMap();

/**
 * Share of a question's content words that occur within 25 words of a sequence in a text. A high share shows that the
 * answer comes from a passage about the question. NaN where there is no sequence or no content word.
 */
export function shareNear(text: Words, { at, length }: Run, question: Words): number {
  if (length === 0) return NaN;
  window.clear();
  const end = Math.min(text.n, at + length + REACH);
  for (let w = Math.max(0, at - REACH); w < end; w++) window.set(text.ids[w], 1);
  seen.clear();
  let content = 0;
  let found = 0;
  for (let w = 0; w < question.n; w++) {
    if ((question.flags[w] & Flag.STOP) !== 0 || !seen.set(question.ids[w], 1)) continue;
    content++;
    if (window.has(question.ids[w])) found++;
  }
  return content === 0 ? NaN : found / content;
}

import { promptOf } from '../../data/group.js';
import type { Answer } from '../../data/token-list.js';
import { shortened } from '../../report/numbers.js';

/** Question and answer of a record, for people to read. */
export interface ShownTexts {
  question: string;
  answer: string;
}

/** The most characters of a text that are kept. */
const MOST = 300;

/** Question and answer of a record, with runs of white space as one space, cut at the end. */
export function shownTexts(record: Answer): ShownTexts {
  return { question: cut(promptOf(record)), answer: cut(record.answer ?? '') };
}

function cut(text: string): string {
  // Characters beyond 4 × MOST cannot be shown, and long texts would take long to clean.
  const clean = text
    .slice(0, 4 * MOST)
    .replace(/\s+/g, ' ')
    .trim();
  return shortened(text.length > 4 * MOST ? `${clean}…` : clean, MOST);
}

import { plainQuestion } from '../../../data/group/plain-question.js';
import { promptOf } from '../../../data/group.js';
import { normalise } from '../../../data/label/normalise.js';
import { mixed } from '../../../data/text-key.js';
import type { Answer } from '../../../data/token-list.js';
import { Flag } from '../../../features/words/flags.js';
import { ASCII_KIND, FIRST_WORD_KIND, Kind, wideKind } from '../../../features/words/kind.js';
import { scanWords } from '../../../features/words/scan.js';
import { Words } from '../../../features/words/words.js';
import { sketchInto } from './sketch.js';
import { hashNumber, NO_TEXT, type TextHash, withText } from './text-hash.js';

/** Bins of the sketch of a prompt, and of the sketch of what was given with it. */
export const PROMPT_BINS = 48;
export const CONTEXT_BINS = 16;
export const SKETCH = PROMPT_BINS + CONTEXT_BINS;

/**
 * Longer answers are compared letter by letter instead of normalised. Equal ones are copies, and normalising is
 * expensive.
 */
const NORMALISED_CHARS = 300;

/**
 * What is kept of a row's texts, in 100 bytes. `hashes`: of question + answer + model, of question + normalised answer,
 * of the question alone (prompt or messages, context, facts). `marks`, without greetings and politeness: hashes of the
 * prompt's words in order, of what always distinguishes questions (numbers and signs of prompt and context, names of
 * the context), and of the prompt's names and quoted words. `sketch`: of the prompt and of the context (with facts and
 * earlier messages). NaN and 0 if there is no question.
 */
export interface Fingerprint {
  hashes: Float64Array;
  marks: Int32Array;
  sketch: Uint8Array;
}

export const HASHES = 3;
export const MARKS = 3;

/**
 * Makes fingerprints one by one in the same buffers. The question's part is reused for consecutive rows of one
 * question.
 */
export function fingerprinter(): (record: Answer) => Fingerprint {
  const print: Fingerprint = {
    hashes: new Float64Array(HASHES),
    marks: new Int32Array(MARKS),
    sketch: new Uint8Array(SKETCH),
  };
  const words = new Words();
  let last = Number.NaN;
  return (record) => {
    const question = questionHash(record);
    const asked = question === null ? Number.NaN : hashNumber(question);
    if (question === null) {
      print.hashes.fill(Number.NaN);
      print.marks.fill(0);
      print.sketch.fill(0);
    } else {
      const { answer } = record;
      const compared = answer.length > NORMALISED_CHARS ? answer : normalise(answer);
      print.hashes[0] = hashNumber(withText(withText(question, answer), record.model ?? ''));
      print.hashes[1] = hashNumber(withText(question, compared));
      print.hashes[2] = asked;
      if (asked !== last) markQuestion(record, words, print);
    }
    last = asked;
    return print;
  };
}

/** Null if no question is recorded. */
function questionHash(record: Answer): TextHash | null {
  const asked = record.prompt != null ? [record.prompt] : (record.messages ?? []).map(({ content }) => content ?? '');
  if (asked.every((text) => text === '')) return null;
  let hash = NO_TEXT;
  for (const text of [...asked, '', ...(record.context ?? []), '', ...(record.facts ?? [])])
    hash = withText(hash, text);
  return hash;
}

function markQuestion(record: Answer, words: Words, { marks, sketch }: Fingerprint): void {
  const prompt = plainQuestion(promptOf(record));
  words.clear();
  scanWords(prompt, words);
  marks.fill(0);
  for (let i = 0; i < words.n; i++) marks[0] = Math.imul(marks[0], 31) + mixed(words.ids[i]);
  marks[1] = sumOf(words, isNumber) + signsOf(prompt);
  marks[2] = sumOf(words, (w) => !isNumber(w) && (isName(w) || isQuoteMark(prompt.charCodeAt(words.from[w] - 1))));
  sketchInto(words, sketch, 0, PROMPT_BINS);
  words.clear();
  const beside = record.prompt != null ? [] : (record.messages ?? []).slice(0, -1).map(({ content }) => content ?? '');
  for (const text of [...beside, ...(record.context ?? []), ...(record.facts ?? [])]) scanWords(text, words);
  marks[1] += sumOf(words, (w) => isNumber(w) || isName(w));
  sketchInto(words, sketch, PROMPT_BINS, CONTEXT_BINS);

  function isNumber(w: number): boolean {
    return (words.flags[w] & Flag.NUMBER) !== 0;
  }
  function isName(w: number): boolean {
    return (words.flags[w] & Flag.NAME) !== 0;
  }
}

/** The sum of the hashes of the chosen words, in any order. */
function sumOf({ ids, n }: Words, isChosen: (word: number) => boolean): number {
  let sum = 0;
  for (let i = 0; i < n; i++) if (isChosen(i)) sum += mixed(ids[i]);
  return sum | 0;
}

/** The signs of calculations in a text, which are not words: + − × < = and, before a digit, - and /. */
function signsOf(text: string): number {
  let sum = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 128 ? ASCII_KIND[code] >= FIRST_WORD_KIND || code <= SPACE : wideKind(code) >= FIRST_WORD_KIND) continue;
    if (
      /[\p{Sm}*^%]/u.test(text[i]) ||
      ((code === HYPHEN || code === SLASH) && /^\s*\d/.test(text.slice(i + 1, i + 4)))
    ) {
      sum += mixed(code);
    }
  }
  return sum | 0;
}

const SPACE = 32;
const HYPHEN = 45;
const SLASH = 47;

function isQuoteMark(code: number): boolean {
  return (code < 128 ? ASCII_KIND[code] : wideKind(code)) === Kind.QUOTE;
}

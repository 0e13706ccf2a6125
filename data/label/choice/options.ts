import { asciiDigits } from '../text/digits.js';

/** The options of a question: their labels in upper case, and their texts if the prompt lists them. */
export interface Options {
  labels: string[];
  /** Texts by label; empty if the prompt lists no options. */
  texts: Map<string, string>;
}

/** Series of characters that label options. */
const ALPHABETS = [
  'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  'АБВГДЕЖЗИК',
  'ΑΒΓΔΕΖΗΘ',
  'אבגדהוזחטי',
  'أبجدهوز',
  'ابجدهوز',
  'الفبجد',
  'アイウエオカキク',
  'あいうえおかきく',
  '가나다라마바사아',
  'कखगघङ',
  'กขคงจฉ',
  '甲乙丙丁戊己',
].map((letters) => [...letters]);
ALPHABETS.push(Array.from({ length: 20 }, (_, i) => String(i + 1)));

/** Cyrillic letters that look like Latin ones, with their Latin twins; and the reverse. */
const LOOKS_LATIN: Record<string, string> = { А: 'A', В: 'B', С: 'C', Е: 'E', Н: 'H' };
const LOOKS_CYRILLIC: Record<string, string> = Object.fromEntries(
  Object.entries(LOOKS_LATIN).map(([cyrillic, latin]) => [latin, cyrillic]),
);

/** The options if the prompt lists none: A to J. */
export const UNLISTED: Options = { labels: ALPHABETS[0].slice(0, 10), texts: new Map() };

const LINE = /^[ \t>*•–-]*\*{0,2}[([]?(\p{L}|\d{1,2})(?:[)\].:、]|\*\*)\*{0,2}[ \t]*(\S.*)$/gmu;
const INLINE = /(?<=^|[\s([;,/:?])[([]?(\p{L}|\d{1,2})[)\].:]\s+(?=\S)|[([](\p{L}|\d{1,2})[)\]]\s*(?=\S)/gu;

/** Text in NFKC, with ① as (1) and digits as ASCII. */
export function plainChoice(text: string): string {
  const circled = text.replace(/[①-⑳Ⓐ-ⓩ]/g, (mark) => `(${mark.normalize('NFKC')}) `);
  return asciiDigits(circled.normalize('NFKC'));
}

/**
 * The last list of options in a prompt (earlier ones belong to examples): A) … B) … on separate lines, else within one
 * line.
 */
export function optionsOf(prompt: string): Options {
  const plain = plainChoice(prompt);
  const lines = [...plain.matchAll(LINE)].map(([, label, text]) => ({ label, text: text.trim() }));
  const marks = [...plain.matchAll(INLINE)];
  const inline = marks.map((mark, i) => {
    const end = marks[i + 1]?.index ?? plain.length;
    const text = plain.slice(mark.index + mark[0].length, end).split('\n')[0];
    return { label: mark[1] ?? mark[2], text: text.trim().replace(/[,;]$/, '') };
  });
  return longestList(lines) ?? longestList(inline) ?? UNLISTED;
}

function longestList(items: { label: string; text: string }[]): Options | null {
  const lists = ALPHABETS.map((alphabet) => lastRun(items, alphabet)).filter(({ size }) => size >= 2);
  const [texts] = lists.sort((a, b) => b.size - a.size);
  return texts === undefined ? null : { labels: [...texts.keys()], texts };
}

function lastRun(items: { label: string; text: string }[], alphabet: string[]): Map<string, string> {
  let last = new Map<string, string>();
  let run = new Map<string, string>();
  for (const { label, text } of items) {
    const known = labelIn(label, alphabet);
    if (known === alphabet[0]) run = new Map();
    if (known !== alphabet[run.size]) continue;
    run.set(known, text);
    if (run.size >= 2) last = run;
  }
  return last;
}

/**
 * A letter as one of the labels: in upper case, and in the script of the labels if it looks the same there. null if it
 * is not a label.
 */
export function labelIn(letter: string, labels: string[]): string | null {
  const upper = letter.toUpperCase();
  const twin = labels.includes('A') ? LOOKS_LATIN[upper] : labels.includes('А') ? LOOKS_CYRILLIC[upper] : undefined;
  if (labels.includes(upper)) return upper;
  return twin !== undefined && labels.includes(twin) ? twin : null;
}

/** The labels and their look-alikes, as the inside of a regular expression. */
export function labelPattern(labels: string[]): string {
  const twins = labels.flatMap((label) => {
    const twin = Object.entries({ ...LOOKS_LATIN, ...LOOKS_CYRILLIC }).find(([, of]) => of === label);
    return twin === undefined ? [] : [twin[0]];
  });
  return [...labels, ...twins].sort((a, b) => b.length - a.length).join('|');
}

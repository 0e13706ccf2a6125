import { parseStated } from './parse-stated.js';

/** A number that may be a probability: its text, whether it names its scale, and whether it is written as a fraction. */
interface Candidate {
  text: string;
  scaled: boolean;
  fraction: boolean;
}

const NUMBER = /(?<![\w.,])(?:\d+(?:[.,]\d+)?|\.\d+)(?:\s*%|\s*(?:\/|out of)\s*\d+)?(?![\w])/g;
/** The number of an answer at the beginning of a piece: "1:", "P1 =", "**2.**", "| 3 |", "Answer 2 –". */
const LABEL =
  /^[^\p{L}\d]*(?:\p{L}+[\s_]+){0,2}(?:\p{L}+[\s_]*)?(\d{1,2})(?![\d%]|[.,]\d|\s*%)(?:\.(?!\d))?[^\p{L}\d.]*/u;
/** Between pieces: line breaks, and commas or semicolons before the label of the next answer. */
const BETWEEN = /\n+|[,;]\s*(?=["'{(*[\s]*(?:\p{L}+[\s_]*)?\d{1,2}["')*\]\s]*[:=])/u;

/**
 * The probabilities that a text gives to answers 1 to `most`, by the number of the answer. It reads "1: 0.8", "P1: 80%",
 * "1. Paris – 0.8", tables, JSON, several on one line, and bare numbers in order, if there
 * are at least two. Whole
 * numbers without a scale are per cent if any of them is above 1. Probabilities outside 0..1 are left out.
 */
export function parseProbabilities(text: string, most: number): Map<number, number> {
  const found = labelled(text, most);
  const candidates = found.size > 0 ? found : inOrder(text, most);
  const percent = [...candidates.values()].some(({ text: t, scaled }) => !scaled && Number(t.replace(',', '.')) > 1);
  const probabilities = new Map<number, number>();
  for (const [answer, { text: number, scaled, fraction }] of candidates) {
    const plain = Number(number.replace(',', '.')) / (percent && !fraction ? 100 : 1);
    const value = scaled ? parseStated(number) : plain;
    if (value !== undefined && value >= 0 && value <= 1) probabilities.set(answer, value);
  }
  return probabilities;
}

function labelled(text: string, most: number): Map<number, Candidate> {
  const found = new Map<number, Candidate>();
  for (const piece of text.split(BETWEEN)) {
    const label = LABEL.exec(piece);
    const answer = Number(label?.[1]);
    if (label === null || !(answer >= 1 && answer <= most) || found.has(answer)) continue;
    const last = telling(numbersIn(piece.slice(label[0].length)));
    if (last !== undefined) found.set(answer, last);
  }
  return found;
}

/** The last number that looks like a probability; else the last number. */
function telling(numbers: readonly Candidate[]): Candidate | undefined {
  return numbers.findLast(({ scaled, fraction }) => scaled || fraction) ?? numbers.at(-1);
}

/** Bare numbers, one per line or separated by commas. */
function inOrder(text: string, most: number): Map<number, Candidate> {
  const pieces = text.split(/\n+|[,;]\s+/).filter((piece) => piece.trim() !== '');
  const numbers = pieces.map(numbersIn);
  const fits = numbers.length >= 2 && numbers.length <= most && numbers.every((found) => found.length === 1);
  return new Map(fits ? numbers.map(([candidate], i) => [i + 1, candidate]) : []);
}

function numbersIn(text: string): Candidate[] {
  return [...text.matchAll(NUMBER)].map(([number]) => ({
    text: number,
    scaled: /[%/]|out of/.test(number),
    fraction: /^(?:[01]?[.,]\d+)$/.test(number),
  }));
}

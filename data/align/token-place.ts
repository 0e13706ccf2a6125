/** The position of an answer in a list of token pieces. */
interface Place {
  first: number;
  end: number;
  /** Whether the tokens cover the whole answer; false if the list ends before it. */
  whole: boolean;
  /** How many bytes of the answer the tokens cover. */
  bytes: number;
}

interface PlaceOptions {
  /** Where in the joined pieces to start. */
  from: number;
  /**
   * Whether other text may come before the answer, so that the start of the list need not be the start of the answer.
   */
  more: boolean;
}

/**
 * Finds an answer in the joined pieces. In order of preference: alone, apart from white space and special tokens; at
 * their end; at their start; else its last occurrence. If the pieces end too early, they may be the start of the
 * answer. Null if nothing matches, or if the match would start in the middle of a word within a token.
 */
export function placeOf(pieces: readonly string[], answer: string, { from, more }: PlaceOptions): Place | null {
  const text = pieces.join('');
  if (text === answer) return { first: 0, end: pieces.length, whole: true, bytes: answer.length };
  const bare = trimmed(answer);
  for (const target of bare === answer ? [answer] : [answer, bare]) {
    const at = startIn(text, target, from, more);
    if (at >= 0) return over(pieces, at, at + target.length, true);
  }
  if (more) return null;
  const start = from + leadOf(text.slice(from));
  const said = text.slice(start);
  if (said === '' || !(answer.startsWith(said) || bare.startsWith(said))) return null;
  return over(pieces, start, text.length, false);
}

function startIn(text: string, answer: string, from: number, more: boolean): number {
  const rest = text.slice(from);
  const end = rest.length - spaceAfter(rest);
  const leads = [0, spaceBefore(rest), leadOf(rest)].filter((at) => rest.startsWith(answer, at));
  const alone = leads.find((at) => at + answer.length >= end);
  const last = [rest.length, end].map((to) => to - answer.length).find((at) => at >= 0 && rest.startsWith(answer, at));
  const at = alone ?? last ?? (more ? undefined : leads[0]) ?? rest.lastIndexOf(answer);
  return at < 0 ? -1 : from + at;
}

/** ASCII white space only: among bytes, other white space may be part of a character. */
const SPACE = new Set(' \t\r\n\f\v');

function spaceBefore(text: string): number {
  let at = 0;
  while (at < text.length && SPACE.has(text[at])) at++;
  return at;
}

function spaceAfter(text: string): number {
  let n = 0;
  while (n < text.length && SPACE.has(text[text.length - 1 - n])) n++;
  return n;
}

function trimmed(text: string): string {
  return text.slice(spaceBefore(text), text.length - spaceAfter(text));
}

/** Length of the white space and special tokens at the start of a text. */
function leadOf(text: string): number {
  return /^(?:[ \t\r\n\f\v]|<[^<> \t\r\n]{1,40}>)*/.exec(text)![0].length;
}

/** The tokens that a range of the joined pieces covers. */
function over(pieces: readonly string[], from: number, to: number, whole: boolean): Place | null {
  let at = 0;
  let first = -1;
  for (let i = 0; i < pieces.length; i++) {
    const next = at + pieces[i].length;
    if (first < 0 && next > from) {
      if (/[A-Za-z0-9]/.test(pieces[i].slice(0, from - at))) return null;
      first = i;
    }
    if (first >= 0 && next >= to) return { first, end: i + 1, whole, bytes: to - from };
    at = next;
  }
  return null;
}

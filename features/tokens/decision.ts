/** Words that decide a yes or no, as a token spells them once its blanks are gone. */
const YES = ['yes', 'true'];
const NO = ['no', 'false'];

/**
 * What a token says where it is one option's letter or a yes or no: 1 for A, 2 for B, … 10 for J, −1 for yes and true, −2 for no
 * and false, 0 for anything else. Blanks and signs about it don't matter.
 */
export function decisionOf(token: string): number {
  let from = 0;
  let to = token.length;
  while (from < to && !isLetter(token.charCodeAt(from))) from++;
  while (to > from && !isLetter(token.charCodeAt(to - 1))) to--;
  const size = to - from;
  if (size === 1) {
    const option = (token.charCodeAt(from) | 32) - 96;
    return option <= 10 ? option : 0;
  }
  if (size < 2 || size > 5) return 0;
  const word = token.slice(from, to).toLowerCase();
  return YES.includes(word) ? -1 : NO.includes(word) ? -2 : 0;
}

function isLetter(code: number): boolean {
  const lower = code | 32;
  return lower >= 97 && lower <= 122;
}

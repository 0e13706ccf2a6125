/** Words that mean yes and no, as tokens spell them without spaces. */
const YES = ['yes', 'true'];
const NO = ['no', 'false'];

/**
 * The decision that a single token expresses: 1 for A, 2 for B, … 10 for J, −1 for yes and true, −2 for no and false, 0
 * for anything else. Spaces and punctuation around it are ignored.
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

/**
 * Changes a JSON text outside of its strings only. It jumps from quote to quote, so that a long string costs one
 * search.
 */
export function outsideStrings(text: string, change: (part: string) => string): string {
  let out = '';
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf('"', at);
    out += change(text.slice(at, open < 0 ? text.length : open));
    if (open < 0) break;
    let close = text.indexOf('"', open + 1);
    while (close > 0 && isEscaped(text, close)) close = text.indexOf('"', close + 1);
    at = close < 0 ? text.length : close + 1;
    out += text.slice(open, at);
  }
  return out;
}

/** Whether a quote is escaped: it follows an odd number of backslashes. */
export function isEscaped(text: string, quote: number): boolean {
  let slashes = 0;
  while (text[quote - 1 - slashes] === '\\') slashes++;
  return slashes % 2 === 1;
}

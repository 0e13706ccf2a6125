/**
 * JSON, and the bare NaN, Infinity and -Infinity that Python writes: NaN becomes null (missing), the infinities stay.
 * Plain JSON costs one JSON.parse; only a line that fails is mended and parsed again. Throws as JSON.parse does.
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const mended = mend(text);
    if (mended === text) throw error;
    return JSON.parse(mended);
  }
}

/** A number too large for a double is read as infinite. */
const BARE: Record<string, string> = { NaN: 'null', Infinity: '1e999', '-Infinity': '-1e999' };

/** Replaces the bare words outside of strings; walks from quote to quote, so that long strings cost one search. */
function mend(text: string): string {
  let out = '';
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf('"', at);
    const outside = text.slice(at, open < 0 ? text.length : open);
    out += outside.replace(/-?\b(?:NaN|Infinity)\b/g, (word) => BARE[word] ?? word);
    if (open < 0) break;
    let close = text.indexOf('"', open + 1);
    while (close > 0 && isEscaped(text, close)) close = text.indexOf('"', close + 1);
    at = close < 0 ? text.length : close + 1;
    out += text.slice(open, at);
  }
  return out;
}

function isEscaped(text: string, quote: number): boolean {
  let slashes = 0;
  while (text[quote - 1 - slashes] === '\\') slashes++;
  return slashes % 2 === 1;
}

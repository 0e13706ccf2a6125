type Bracket = '{' | '[';
/** What may come next inside a JSON value. */
type Place = 'firstKey' | 'key' | 'colon' | 'value' | 'firstItem' | 'comma';

/** Punctuation, a string on one line, or a word, with the white space before it. */
const TOKEN = /(\s*)([{}[\]:,]|"(?:[^"\\\n\r]|\\[^\n\r])*"|[^\s{}[\]:,"]+)/y;
const SCALAR = /^(?:true|false|null|NaN|-?Infinity|-?\d[\d.eE+-]*)$/;
/**
 * A beginning that cannot be JSON Lines: a first line of brackets only, as in pretty-printed JSON, or an array of
 * objects or arrays.
 */
const BEGINS = /^[[{][[{ \t]*[\r\n]|^\[\s*[[{\]]/;

/**
 * Whether a text begins as JSON that must not be cut at its newlines: an array of objects, a value over several lines,
 * or several values on one line. The head is parsed as JSON up to its first syntax error, so that a truncated line of
 * JSON Lines is not taken for a document. One value that fills the whole head counts as a line.
 */
export function isJsonDocument(head: string): boolean {
  const text = head.replace(/^\uFEFF/, '').trimStart();
  if (BEGINS.test(text)) return true;
  const open: Bracket[] = [];
  let place: Place = 'value';
  let values = 0; // complete values so far
  let broken = false; // whether a newline is inside the current value, or after the last one
  for (let at = 0; at < text.length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const [whole, blanks, token] = TOKEN.exec(text) ?? [];
    if (whole === undefined) {
      if (/[\n\r]/.test(text.slice(at).trim())) return false; // a string without its end: a truncated line
      break;
    }
    if (at + whole.length === text.length && !/[}\]"]$/.test(token)) break; // the end of the head may cut this word
    broken ||= blanks.includes('\n');
    if (open.length === 0) {
      if (values > 0 && !broken && (token === '{' || token === ',')) return true;
      if (token !== '{') return false;
      broken = false;
    }
    const next = step(open, place, token);
    if (next === null) return false;
    place = next;
    if (open.length > 0) continue;
    if (broken) return true;
    values++;
    place = 'value';
  }
  return broken && open.length > 0 && values === 0;
}

/** The state after a token; null if the token is not allowed there. `open` contains the open brackets. */
function step(open: Bracket[], place: Place, token: string): Place | null {
  if (token === '{' || token === '[') {
    if (place !== 'value' && place !== 'firstItem') return null;
    open.push(token);
    return token === '{' ? 'firstKey' : 'firstItem';
  }
  if (token === '}' || token === ']') {
    const empty = token === '}' ? 'firstKey' : 'firstItem';
    const bracket = open.pop();
    if (bracket !== (token === '}' ? '{' : '[') || (place !== 'comma' && place !== empty)) return null;
    return 'comma';
  }
  if (token === ':') return place === 'colon' ? 'value' : null;
  if (token === ',') return place !== 'comma' ? null : open.at(-1) === '{' ? 'key' : 'value';
  if (place === 'key' || place === 'firstKey') return token.startsWith('"') ? 'colon' : null;
  if (place !== 'value' && place !== 'firstItem') return null;
  return token.startsWith('"') || SCALAR.test(token) ? 'comma' : null;
}

import { placesIn } from '../../../data/ask/splice-json.js';

/**
 * Edits the values that a path leads to in JSON text, and leaves every other byte as it is. A step is a key, or `*` for each
 * element of a list. Where the path leads nowhere the text stays as it is. The text must be JSON.
 */
export function editJson(text: string, path: readonly string[], edit: (value: string) => string): string {
  if (path.length === 0) return edit(text);
  const [step, ...rest] = path;
  let out = '';
  let from = 0;
  for (const place of placesOf(text, step)) {
    out += text.slice(from, place.from) + editJson(text.slice(place.from, place.to), rest, edit);
    from = place.to;
  }
  return out + text.slice(from);
}

/** The text of an object without a key, every other byte as it is; null where the key is not written once and plainly. */
export function withoutKey(text: string, key: string): string | null {
  const place = placesIn(text).get(key);
  if (place === undefined) return null;
  const name = JSON.stringify(key);
  const start = text.lastIndexOf(name, place.from - 1);
  if (start < 0 || text.slice(start + name.length, place.from).trim() !== ':') return null;
  const behind = /^\s*,\s*/.exec(text.slice(place.to));
  const before = behind === null ? /\s*,\s*$/.exec(text.slice(0, start)) : null;
  const left = text.slice(0, start - (before?.[0].length ?? 0)) + text.slice(place.to + (behind?.[0].length ?? 0));
  return placesIn(left).has(key) ? null : left;
}

function placesOf(text: string, step: string): { from: number; to: number }[] {
  const opens = text.trimStart()[0];
  if (step === '*') return opens === '[' ? elementsIn(text) : [];
  const place = opens === '{' ? placesIn(text).get(step) : undefined;
  return place === undefined ? [] : [place];
}

/** Where the elements of a list stand. */
function elementsIn(text: string): { from: number; to: number }[] {
  const places: { from: number; to: number }[] = [];
  let depth = 0;
  let from = -1;
  for (let i = text.indexOf('['); i < text.length; i++) {
    const c = text[i];
    if (depth === 1 && (c === ',' || c === ']')) {
      if (from >= 0) places.push({ from, to: from + text.slice(from, i).trimEnd().length });
      from = -1;
      if (c === ']') return places;
    } else if (depth === 1 && from < 0 && c.trim() !== '') from = i;
    if (c === '"') for (i++; text[i] !== '"'; i++) if (text[i] === '\\') i++;
    if (c === '{' || c === '[') depth++;
    if (c === '}' || c === ']') depth--;
  }
  return places;
}

import { placesIn } from '../../data/ask/splice-json.js';

/** Text of a value, and where it stands in the lists that the path passes through. */
export type Edit = (value: string, at: readonly number[]) => string;

/**
 * Edits the values that a path leads to in JSON text, and leaves every other byte as it is. A step is a key, or `*` for each
 * element of a list. Where the path leads nowhere the text stays as it is. The text must be JSON.
 */
export function editJson(text: string, path: readonly string[], edit: Edit, at: readonly number[] = []): string {
  if (path.length === 0) return edit(text, at);
  const [step, ...rest] = path;
  let out = '';
  let from = 0;
  placesOf(text, step).forEach((place, i) => {
    const inside = step === '*' ? [...at, i] : at;
    out += text.slice(from, place.from) + editJson(text.slice(place.from, place.to), rest, edit, inside);
    from = place.to;
  });
  return out + text.slice(from);
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

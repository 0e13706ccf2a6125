import { placesIn } from '../../data/ask/splice-json.js';

/**
 * Edits the text of each choice of a completion, and leaves every other byte as it is. The text must be an object; one without
 * a list of choices stays as it is.
 */
export function mapChoices(text: string, edit: (choice: string, i: number) => string): string {
  const place = placesIn(text).get('choices');
  if (place === undefined || text[place.from] !== '[') return text;
  let out = '';
  let at = 0;
  elementsIn(text, place.from).forEach(({ from, to }, i) => {
    out += text.slice(at, from) + edit(text.slice(from, to), i);
    at = to;
  });
  return out + text.slice(at);
}

/** Puts null in the place of a choice's log-probabilities, as endpoints write it where none were asked for. */
export function withoutLogprobs(choice: string): string {
  const place = placesIn(choice).get('logprobs');
  return place === undefined ? choice : `${choice.slice(0, place.from)}null${choice.slice(place.to)}`;
}

/** Where the elements of the list that opens at `open` stand. */
function elementsIn(text: string, open: number): { from: number; to: number }[] {
  const places: { from: number; to: number }[] = [];
  let depth = 0;
  let from = -1;
  for (let i = open; i < text.length; i++) {
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

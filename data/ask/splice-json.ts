/**
 * Puts fields into the text of a JSON object and leaves every other byte of it as it is, so that numbers, unknown keys
 * and bare NaN stay as they were written. A key that is there is replaced in place, a new one goes to the end. The text
 * must be an object; the last of doubled keys counts, as in JSON.parse.
 */
export function spliceJson(text: string, fields: Record<string, unknown>): string {
  const places = placesIn(text);
  const close = text.lastIndexOf('}');
  const edits: { from: number; to: number; put: string }[] = [];
  let empty = places.size === 0;
  for (const [key, value] of Object.entries(fields)) {
    const put = JSON.stringify(value);
    const place = places.get(key);
    if (place !== undefined) edits.push({ ...place, put });
    else {
      edits.push({ from: close, to: close, put: `${empty ? '' : ','}${JSON.stringify(key)}:${put}` });
      empty = false;
    }
  }
  edits.sort((a, b) => a.from - b.from);
  let out = '';
  let at = 0;
  for (const { from, to, put } of edits) {
    out += text.slice(at, from) + put;
    at = to;
  }
  return out + text.slice(at);
}

/** Where the value of each key of the outermost object stands: [from, to) in the text, which must be an object. */
export function placesIn(text: string): Map<string, { from: number; to: number }> {
  const places = new Map<string, { from: number; to: number }>();
  let depth = 0;
  let key: string | undefined;
  let from = -1;
  const end = (to: number) => {
    if (key !== undefined && from >= 0) places.set(key, { from, to: from + text.slice(from, to).trimEnd().length });
    key = undefined;
    from = -1;
  };
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '"') {
      const start = i;
      for (i++; text[i] !== '"'; i++) if (text[i] === '\\') i++;
      if (depth === 1 && key === undefined) key = JSON.parse(text.slice(start, i + 1)) as string;
      else if (depth === 1 && from < 0) from = start;
    } else if (c === '{' || c === '[') {
      if (depth === 1 && from < 0) from = i;
      depth++;
    } else if (c === '}' || c === ']') {
      depth--;
      if (depth === 0) end(i);
    } else if (c === ',' && depth === 1) end(i);
    else if (depth === 1 && key !== undefined && from < 0 && c !== ':' && c.trim() !== '') from = i;
  }
  return places;
}

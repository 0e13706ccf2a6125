/** JSON with the bare NaN, Infinity and -Infinity that Python writes: NaN becomes null, the infinities stay. Throws as JSON.parse does. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const mended = text.replace(/"(?:[^"\\]|\\.)*"|NaN|-?Infinity/g, (found) => BARE[found] ?? found);
    if (mended === text) throw error;
    return JSON.parse(mended);
  }
}

/** A number too large for a double is read as infinite. */
const BARE: Record<string, string> = { NaN: 'null', Infinity: '1e999', '-Infinity': '-1e999' };

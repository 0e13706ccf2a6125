/** Texts as numbers from 0, in the order in which they first appear. `names[index[i]]` is the text at i. */
export function numbered(values: Iterable<string>): { index: Int32Array; names: string[] } {
  const known = new Map<string, number>();
  const index = Int32Array.from(values, (value) => {
    let at = known.get(value);
    if (at === undefined) {
      at = known.size;
      known.set(value, at);
    }
    return at;
  });
  return { index, names: [...known.keys()] };
}

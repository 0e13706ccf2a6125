/** For each key (a pattern, a slice): the places in `rows` of its rows, in order of appearance. */
export function placesBy(rows: Int32Array, key: (row: number) => string): Map<string, Int32Array> {
  const places = new Map<string, number[]>();
  rows.forEach((row, i) => {
    const name = key(row);
    const list = places.get(name);
    if (list === undefined) places.set(name, [i]);
    else list.push(i);
  });
  return new Map([...places].map(([name, list]) => [name, Int32Array.from(list)]));
}

/** Ratings of items by raters; not every rater rates every item. Rating t is `value[t]`, by `rater[t]`, of `item[t]`. */
export interface Rated {
  item: Int32Array;
  rater: Int32Array;
  /** A class, 0 to `classes` − 1. */
  value: Int32Array;
  items: number;
  raters: number;
  classes: number;
}

/** How many raters put each item into each class, at [item · classes + class]. */
export function countsOf({ item, value, items, classes }: Rated): Float64Array {
  const counts = new Float64Array(items * classes);
  for (let t = 0; t < item.length; t++) counts[item[t] * classes + value[t]]++;
  return counts;
}

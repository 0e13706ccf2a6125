/** How a fit ends, in addition to its options: parts of the watched rows that end separately, and the fewest stages. */
export interface Watching {
  part?: Int32Array;
  least?: number;
}

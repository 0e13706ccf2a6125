/** How a fit goes on beside its options: parts of the watched rows that stop apart, and fewest stages. */
export interface Watching {
  part?: Int32Array;
  least?: number;
}

/**
 * Cases with every stage, as columns: row i of every array is the same case. This is all that a policy is chosen and
 * certified from.
 */
export interface CaseTable {
  n: number;
  /** Question of each case, as any integer. */
  group: Int32Array;
  /** The weight of its labels, divided by the chance that all stages were bought if that was recorded. */
  weight: Float64Array;
  /** By the set of bought stages (`stateKey`). */
  states: ReadonlyMap<string, StateColumns>;
}

/** What would be returned at a state. */
export interface StateColumns {
  /** Calibrated probability that the returned answer is right; NaN if none can be accepted. */
  p: Float64Array;
  /** Label of that answer, in [0, 1]. */
  y: Float64Array;
}

/** The name of a state: the bought stages in the order of the price file, joined by +. Nothing bought: ''. */
export function stateKey(bought: Iterable<string>, names: readonly string[]): string {
  const set = new Set(bought);
  return names.filter((name) => set.has(name)).join('+');
}

/** The states of an order, from nothing bought to everything: keys of `CaseTable.states`. */
export function statesOf(order: readonly string[], names: readonly string[]): string[] {
  return [...order.keys(), order.length].map((k) => stateKey(order.slice(0, k), names));
}

/** Answers with their predictions and labels. Row i of every array is the same answer. */
export interface Scored {
  /** Predicted probability that the answer is right. Ranking metrics take any score. */
  probability: Float64Array;
  /** Label in [0, 1], 1 is right. A soft label counts as that share of a right answer and the rest as a wrong one. */
  label: Float64Array;
  /** Weight ≥ 0; if absent, every row has weight 1. */
  weight?: Float64Array;
  /** Question of each row as any integer; if absent, every row is a question of its own. */
  group?: Int32Array;
  /** Slice (model, task) of each row as any integer; if absent, there is one slice. */
  slice?: Int32Array;
}

/** The same with no field absent; groups and slices are numbered 0, 1, 2, … in order of appearance. */
export interface Table {
  n: number;
  probability: Float64Array;
  label: Float64Array;
  weight: Float64Array;
  group: Int32Array;
  groups: number;
  slice: Int32Array;
  slices: number;
}

export function tableOf({ probability, label, weight, group, slice }: Scored): Table {
  const n = label.length;
  const grouped = group === undefined ? undefined : counted(group);
  const sliced = slice === undefined ? undefined : counted(slice);
  return {
    n,
    probability,
    label,
    weight: weight ?? new Float64Array(n).fill(1),
    group: grouped?.index ?? Int32Array.from({ length: n }, (_, i) => i),
    groups: grouped?.count ?? n,
    slice: sliced?.index ?? new Int32Array(n),
    slices: sliced?.count ?? 1,
  };
}

/** Integers renamed 0, 1, 2, … in order of appearance. */
export function counted(values: Int32Array): { index: Int32Array; count: number } {
  const known = new Map<number, number>();
  const index = values.map((value) => {
    let at = known.get(value);
    if (at === undefined) known.set(value, (at = known.size));
    return at;
  });
  return { index, count: known.size };
}

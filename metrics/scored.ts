/** Answers with what was predicted and what came true: row i of every array is the same answer. */
export interface Scored {
  /** Predicted probability of being right; ranking metrics take any score. */
  probability: Float64Array;
  /** Label in [0, 1], 1 right; a soft label counts as that share of a right answer and the rest of a wrong one. */
  label: Float64Array;
  /** Weight ≥ 0; 1 each when absent. */
  weight?: Float64Array;
  /** Question of each row as any integer; each row its own question when absent. */
  group?: Int32Array;
  /** Cell (model, task) of each row as any integer; one cell when absent. */
  cell?: Int32Array;
}

/** The same with nothing absent, groups and cells counted 0, 1, 2, … in order of appearance. */
export interface Table {
  n: number;
  probability: Float64Array;
  label: Float64Array;
  weight: Float64Array;
  group: Int32Array;
  groups: number;
  cell: Int32Array;
  cells: number;
}

export function tableOf({ probability, label, weight, group, cell }: Scored): Table {
  const n = label.length;
  const grouped = group === undefined ? undefined : counted(group);
  const celled = cell === undefined ? undefined : counted(cell);
  return {
    n,
    probability,
    label,
    weight: weight ?? new Float64Array(n).fill(1),
    group: grouped?.index ?? Int32Array.from({ length: n }, (_, i) => i),
    groups: grouped?.count ?? n,
    cell: celled?.index ?? new Int32Array(n),
    cells: celled?.count ?? 1,
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

/**
 * With fewer questions than this, the blend also contains Platt scaling of one signal, and it is shipped unless a
 * simple baseline is clearly better. Source of the number: bench/small.
 */
export const SMALL = 600;

/** On few questions, a predictor counts as clearly better if it is better by this many paired standard errors. */
export const CLEAR = 2;

/** Whether the rows belong to fewer than SMALL questions. */
export function isSmall({ group }: { group: Int32Array }, rows: Int32Array): boolean {
  const seen = new Set<number>();
  for (const row of rows) if (seen.add(group[row]).size >= SMALL) return false;
  return true;
}

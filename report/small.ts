/** Below so many questions the blend holds one signal too, and ships unless a simple way is clearly better (bench/small). */
export const SMALL = 600;

/** Paired standard errors from which one way to predict counts as clearly better than another on few questions. */
export const CLEAR = 2;

/** Whether rows are to so few questions. */
export function isSmall({ group }: { group: Int32Array }, rows: Int32Array): boolean {
  const seen = new Set<number>();
  for (const row of rows) if (seen.add(group[row]).size >= SMALL) return false;
  return true;
}

import type { TrainingData } from './data.js';

/** Below so many questions candidates are few and steady, and a base rate or one signal may win by being simpler. */
export const SMALL = 600;

/** Whether rows are to so few questions. */
export function isSmall({ group }: Pick<TrainingData, 'group'>, rows: Int32Array): boolean {
  const seen = new Set<number>();
  for (const row of rows) if (seen.add(group[row]).size >= SMALL) return false;
  return true;
}

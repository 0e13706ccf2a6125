import { groupsIn } from '../../features/pattern.js';
import type { TrainingData } from './training-data.js';

/** Whether a row has all groups of signals of a pattern (it may have more). */
export function holdsPattern(data: TrainingData, row: number, pattern: string): boolean {
  const recorded = groupsIn(data.pattern[row]);
  return groupsIn(pattern).every((group) => recorded.includes(group));
}

import type { ReportData, Standing } from './results.js';
import { standingLabel } from './words.js';

/** What the page compares vouch with. */
export interface Rival {
  /** `Before`: a recorded confidence. `Baseline`: if none was recorded, the baseline that uses most information. */
  role: 'Before' | 'Baseline';
  name: string;
  /** Its name in `paired`. */
  against: string;
  standing: Standing;
}

export function rivalOf(data: ReportData): Rival | null {
  if (data.before !== null) {
    return { role: 'Before', name: data.before.name, against: 'before', standing: data.before };
  }
  const against = data.baselines.plattPerCell === undefined ? 'bestSignal' : 'plattPerCell';
  const standing = data.baselines[against];
  if (standing === undefined) return null;
  return { role: 'Baseline', name: standingLabel(standing.name, data), against, standing };
}

import type { ReportData, Standing } from './results.js';
import { standingLabel } from './words.js';

/** What vouch is set beside throughout the page. */
export interface Rival {
  /** `Before`: a recorded confidence. `Simple way`: where none was recorded, the simple predictor that knows most. */
  role: 'Before' | 'Simple way';
  name: string;
  standing: Standing;
}

export function rivalOf(data: ReportData): Rival | null {
  if (data.before !== null) return { role: 'Before', name: data.before.name, standing: data.before };
  const simple = data.baselines.plattPerCell ?? data.baselines.bestSignal;
  return simple === undefined ? null : { role: 'Simple way', name: standingLabel(simple.name, data), standing: simple };
}

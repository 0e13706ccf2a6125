import { percent, shortened } from './numbers.js';
import type { ReportData } from './results.js';

type Perfect = NonNullable<ReportData['perfect']>;

/** Whether the predictor lies where a perfect one would, in one sentence. */
export function perfectWords({ level, smoothEce, worstSliceEce }: Perfect): string {
  const often = `${Math.round(100 * level)} times in 100`;
  const first = `Chance alone keeps even a perfect predictor from 0 on these answers: ${often} its smooth calibration error would lie between ${percent(smoothEce.low)} and ${percent(smoothEce.high)}, and vouch’s, ${percent(smoothEce.value)}, is ${side(smoothEce)} of a perfect one`;
  if (worstSliceEce === null) return `${first}.`;
  const { slice, value, low, high } = worstSliceEce;
  return `${first}; where it is furthest off by model and task (${shortened(slice)}), its ECE of ${percent(value)} is ${side(worstSliceEce)} of a perfect one’s worst (${percent(low)} to ${percent(high)}).`;
}

function side({ inside, value, high }: Perfect['smoothEce']): string {
  if (inside) return 'inside the range';
  return value > high ? 'above the range' : 'below the range';
}

import { percent, shortened } from './numbers.js';
import type { ReportData } from './results.js';

type Perfect = NonNullable<ReportData['perfect']>;

/** Whether the calibration error is in the range that a perfect predictor would have, in words. */
export function perfectWords({ level, smoothEce, worstSliceEce }: Perfect): string {
  const all =
    'Because of chance, even a perfect predictor would show a calibration error above 0 on these answers. ' +
    `In ${Math.round(100 * level)} of 100 cases its smooth calibration error would be between ` +
    `${percent(smoothEce.low)} and ${percent(smoothEce.high)}; vouch’s is ${percent(smoothEce.value)}, ` +
    `${side(smoothEce)} that range.`;
  if (worstSliceEce === null) return all;
  const { slice, value, low, high } = worstSliceEce;
  return (
    `${all} Of the models and tasks, ${shortened(slice)} has the largest calibration error: its ECE is ` +
    `${percent(value)}, ` +
    `${side(worstSliceEce)} the range for the largest ECE of a perfect predictor (${percent(low)} to ${percent(high)}).`
  );
}

function side({ inside, value, high }: Perfect['smoothEce']): string {
  if (inside) return 'inside';
  return value > high ? 'above' : 'below';
}

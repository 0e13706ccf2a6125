import { type PerfectRange, perfectDefaults, perfectRange } from '../../metrics/perfect/perfect.js';
import type { Random } from '../../support/random.js';
import type { TrainingData } from '../../train/prepare/training-data.js';
import { type Bar, printBars } from './bars.js';
import type { Predictor, Truth } from './table.js';

/**
 * Smooth ECE, and the ECE of the worst (model, task), of each predictor compared with the range of a perfect predictor:
 * labels drawn from its own probabilities, with the same correlation within a question. The bar applies to ours.
 */
export function judgeCalibration(
  { sliceNames }: TrainingData,
  ours: Predictor[],
  others: Predictor[],
  truth: Truth,
  random: Random,
): Bar[] {
  const { level, minimumRows } = perfectDefaults;
  console.log(
    `\n## Calibration: value (${100 * level}% range of a perfect predictor), slices of ${minimumRows} rows or more\n`,
  );
  console.log('| predictor | smooth ECE | worst slice ECE | slice |\n| --- | ---: | ---: | --- |');
  const bars: Bar[] = [];
  for (const predictor of [...ours, ...others]) {
    const { name, probability } = predictor;
    const { smoothEce, worstSliceEce } = perfectRange({ ...truth, probability }, {}, random.fork('perfect'));
    const slice = worstSliceEce === null ? '' : sliceNames[worstSliceEce.slice];
    console.log(`| ${name} | ${rangeText(smoothEce)} | ${rangeText(worstSliceEce)} | ${slice} |`);
    if (!ours.includes(predictor)) continue;
    bars.push({ says: `${name}: smooth ECE inside the range`, met: smoothEce.inside });
    if (worstSliceEce !== null) {
      bars.push({ says: `${name}: ECE of the worst slice inside the range`, met: worstSliceEce.inside });
    }
  }
  printBars(bars);
  return bars;
}

function rangeText(range: PerfectRange | null): string {
  if (range === null) return 'no slice is large enough';
  const { value, low, high } = range;
  return `${value.toFixed(4)} (${low.toFixed(4)} to ${high.toFixed(4)})`;
}

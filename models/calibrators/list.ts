import { VouchError } from '../../support/errors.js';
import type { Logits, Probabilities } from '../numbers.js';
import { beta } from './beta.js';
import type { Calibration, Calibrator } from './calibrator.js';
import { isotonic } from './isotonic.js';
import { none } from './none.js';
import { platt } from './platt.js';
import { spline } from './spline.js';
import { temperature } from './temperature.js';

/** All calibrators, simplest first. */
export const calibrators: readonly Calibrator[] = [none, temperature, platt, beta, spline, isotonic];

export function calibratorNamed(name: string): Calibrator {
  const found = calibrators.find((calibrator) => calibrator.name === name);
  if (found === undefined) {
    const known = calibrators.map((calibrator) => calibrator.name).join(', ');
    throw new VouchError('BUNDLE_BAD', 'unknown calibrator', { expected: `one of ${known}`, got: name });
  }
  return found;
}

export function calibrate({ name, parameters }: Calibration, logits: Logits): Probabilities {
  return calibratorNamed(name).apply(parameters, logits);
}

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

/** All calibrators with those of plug-ins, simplest first. */
export function calibratorsWith(own: readonly Calibrator[]): readonly Calibrator[] {
  return own.length === 0 ? calibrators : [...calibrators, ...own].sort((a, b) => a.complexity - b.complexity);
}

/** A fitted calibrator of a plug-in: a curve through points, which is applied and emitted as isotonic regression is. */
export function curveNamed(name: string): Calibrator {
  return { ...isotonic, name };
}

export function calibratorNamed(name: string): Calibrator {
  if (name.startsWith('plugin.')) return curveNamed(name);
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

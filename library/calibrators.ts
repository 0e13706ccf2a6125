import { beta } from '../models/calibrators/beta.js';
import type { Calibrator as Fitter } from '../models/calibrators/calibrator.js';
import { isotonic } from '../models/calibrators/isotonic.js';
import { none } from '../models/calibrators/none.js';
import { platt } from '../models/calibrators/platt.js';
import { spline } from '../models/calibrators/spline.js';
import { temperature } from '../models/calibrators/temperature.js';
import { type Logits, logit } from '../models/numbers.js';
import { VouchError } from '../support/errors.js';
import { type Labels, labelsOf, type Numbers, numbersOf, sharesOf, weightsOf } from './columns.js';

/**
 * The answers that a calibrator is fitted on: labels with probabilities, or with logits (any score on the scale of
 * log-odds).
 */
export type CalibrationInput = {
  /** 1 or true: right; 0 or false: wrong; a number between: partly right. */
  label: Labels;
  /** Weight of each answer; 1 if absent. */
  weight?: Numbers;
} & ({ probability: Numbers; logit?: undefined } | { logit: Numbers; probability?: undefined });

/** A fitted calibrator. */
export interface FittedCalibrator {
  name: string;
  /** The fitted numbers, as plain JSON. `calibrators.NAME.from` makes a calibrator from them. */
  parameters: number[];
  /** What `apply` takes: probabilities or logits, as in the fit. */
  input: 'probability' | 'logit';
  /** The calibrated probability of one value, or of many. */
  apply(value: number): number;
  apply(values: Numbers): Float64Array;
}

/** A calibration method: `fit` gives a fitted calibrator, whose `apply` calibrates. */
export interface Calibrator {
  name: string;
  /** Errors: BAD_USAGE with the column, NO_LABELS. */
  fit(answers: CalibrationInput): FittedCalibrator;
  /** Makes a fitted calibrator from the `parameters` of an earlier fit. */
  from(parameters: readonly number[], input?: 'probability' | 'logit'): FittedCalibrator;
}

/**
 * Calibrators as plain values, simplest first. `none`: σ(z). `temperature`: one factor on the logit. `platt`: a line on
 * the logit. `beta`: a line on ln p and one on ln(1 − p). `spline`: a smooth increasing curve on the logit. `isotonic`:
 * centred isotonic regression; it needs a thousand labels or more. Fit on held-out scores, never on scores of answers
 * that trained the model.
 */
export const calibrators = {
  none: calibrator(none),
  temperature: calibrator(temperature),
  platt: calibrator(platt),
  beta: calibrator(beta),
  spline: calibrator(spline),
  isotonic: calibrator(isotonic),
} as const satisfies Record<string, Calibrator>;

function calibrator(fitter: Fitter): Calibrator {
  const from = (parameters: readonly number[], input: 'probability' | 'logit' = 'logit') =>
    fitted(fitter, [...parameters], input);
  return {
    name: fitter.name,
    fit: ({ label, weight, probability, logit: logits }) => {
      const y = labelsOf('label', label);
      const input = logits === undefined ? 'probability' : 'logit';
      if ((logits === undefined) === (probability === undefined)) {
        throw new VouchError('BAD_USAGE', 'a calibrator is fitted on exactly one of these columns', {
          field: 'probability, logit',
        });
      }
      const z = logitsOf(input, (logits ?? probability) as Numbers, y.length);
      return from(fitter.fit(z, y, weightsOf('weight', weight, y.length)), input);
    },
    from,
  };
}

function fitted(fitter: Fitter, parameters: number[], input: 'probability' | 'logit'): FittedCalibrator {
  const many = (values: Numbers) => fitter.apply(parameters, logitsOf(input, values, values.length));
  const apply = (value: number | Numbers) => (typeof value === 'number' ? many([value])[0] : many(value));
  return { name: fitter.name, parameters, input, apply: apply as FittedCalibrator['apply'] };
}

function logitsOf(input: 'probability' | 'logit', values: Numbers, n: number): Logits {
  return input === 'logit' ? numbersOf('logit', values, n) : sharesOf('probability', values, n).map(logit);
}

import { parseOptions, type TrainOptions, validOptions } from '../train/options.js';

/** The training options of the bundle that an adaptation keeps unless the user sets them. */
const kept = [
  'targetError',
  'confidence',
  'certifyBy',
  'sliceBy',
  'simultaneous',
  'costs',
  'acceptUnseen',
  'allowLeak',
  'shiftFlags',
  'signals',
  'resamples',
  'fingerprints',
  'owner',
  'contact', // the intended use and the version are not kept: the new bundle is for other answers
] as const;

/** The kept options of the bundle that are still valid, overridden by `given`. Error: BAD_USAGE. */
export function keptOptions(trained: Record<string, unknown>, given: Partial<TrainOptions>): TrainOptions {
  return parseOptions(validOptions(kept, trained, given));
}

import { parseOptions, type TrainOptions, trainOptionsSchema } from '../train/options.js';

/** What an adaptation takes over from the options a bundle was trained with, unless told otherwise. */
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
] as const;

/** The bundle's own options as far as they concern an adaptation and are still known, then `given`. Error: BAD_USAGE. */
export function keptOptions(trained: Record<string, unknown>, given: Partial<TrainOptions>): TrainOptions {
  const known = kept.filter((name) => trainOptionsSchema.shape[name].safeParse(trained[name]).success);
  const chosen = Object.entries(given).filter(([, value]) => value !== undefined);
  return parseOptions({
    ...Object.fromEntries(known.map((name) => [name, trained[name]])),
    ...Object.fromEntries(chosen),
  });
}

import { VouchError } from '../../support/errors.js';
import type { BackendRequest } from '../../train/backend/rung.js';
import { type TunedOptions, tunedSchema } from '../../train/tuned/options.js';
import { onlyKnown, type ReadSettings } from '../read-settings.js';
import type { RunOptions } from '../run-options.js';

/** Options of `tuneEncoder`. Those of the fit have their defaults in `train/tuned/options.ts`. */
export interface TuneEncoderOptions extends Omit<ReadSettings, 'mergeNear'>, RunOptions, Partial<TunedOptions> {
  /** Folder of the encoder that is tuned (docs/encoders.md): a BERT with float32 weights. */
  encoder: string;
  /** Folder of the tuned encoder; an older one there is replaced. */
  out: string;
  /** Name of its verifier in records and signals. */
  name?: string;
  /** What tfjs computes on. */
  backend?: BackendRequest;
  /** Takes up the folds that an earlier run with the same answers and options finished. */
  resume?: boolean;
  seed?: number;
}

/** Defaults of what is not an option of the fit. */
export const tuneEncoderDefaults = { name: 'tuned', backend: 'auto', resume: false, seed: 1 } as const;

/** The options of the fit. Error: BAD_USAGE for one that is unknown or out of range. */
export function fitOptionsOf(given: object): TunedOptions {
  onlyKnown(given, Object.keys(tunedSchema.shape));
  const parsed = tunedSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0];
  const field = path.map(String).join('.');
  const got = (given as Record<string, unknown>)[field];
  throw new VouchError('BAD_USAGE', 'this option is out of range', { field, expected: message, got });
}

import type { ReadSettings } from '../library/read-settings.js';
import type { RunOptions } from '../library/run-options.js';
import { type TunedEncoderResult, tuneEncoder } from '../library/tune/tune-encoder.js';
import { fixed, interval, signed } from '../report/numbers.js';
import { VouchError } from '../support/errors.js';
import type { TrainOptions } from '../train/options.js';
import type { EncoderFlags } from './flags/encoders.js';

interface TuneFirst extends RunOptions {
  out: string;
  resume: boolean;
  options: Pick<TrainOptions, 'seed' | 'backend'>;
  reading: ReadSettings;
  flags: EncoderFlags;
}

/** What `train` reads instead of the given answers. */
interface Tuned {
  answers: string[];
  reading: ReadSettings;
  encoders: string[];
}

/**
 * `vouch train --text tuned`: tunes the encoder, writes it to OUT.encoder, and gives the answers with its verifier to
 * train on. Says what it gained. Errors: BAD_USAGE without exactly one encoder; those of `tuneEncoder`.
 */
export async function tuneFirst(given: string[], { out, options, reading, flags, ...run }: TuneFirst): Promise<Tuned> {
  const { encoder = [], nli = [] } = flags;
  if (encoder.length !== 1) {
    const expected = 'one --encoder with --text tuned: the one to tune';
    throw new VouchError('BAD_USAGE', 'it is not clear what to tune', {
      ...{ field: '--text', expected, got: `${encoder.length} of them` },
    });
  }
  const { seed, backend } = options;
  const folder = `${out}.encoder`;
  const { mergeNear, groupBy, ...read } = reading;
  const result = await tuneEncoder(given, {
    ...run,
    ...read,
    groupBy,
    seed,
    backend,
    encoder: encoder[0],
    out: folder,
  });
  run.onNote?.({ about: 'fits', text: gained(result) });
  // labels and columns have been read; the answers are records now
  const again = { mergeNear, groupBy, badLines: reading.badLines };
  return { answers: [`${folder}/answers.jsonl`], reading: again, encoders: [folder, ...nli] };
}

function gained({ out, logLoss: { frozen, tuned, difference } }: TunedEncoderResult): string {
  const isGain = difference.high !== null && difference.high < 0;
  return (
    `tuned encoder in ${out}: log-loss ${fixed(tuned, 4)} on its own, ${fixed(frozen, 4)} before it was tuned, ` +
    `difference ${signed(difference.value)} (${interval(difference, signed)})${isGain ? '' : ': no clear gain'}`
  );
}

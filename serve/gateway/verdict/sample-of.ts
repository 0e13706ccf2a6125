import type { Fields } from '../../../data/check-value.js';

/** An answer as a sample of another answer to the same prompt, in the form of the log formats. */
export function sampleOf({ answer, tokens }: Fields, { temperature }: Fields): Fields {
  return {
    answer,
    ...(typeof temperature === 'number' ? { temperature } : {}),
    ...(tokens === undefined ? {} : { tokens }),
  };
}

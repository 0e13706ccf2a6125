import type { Fields } from '../../../data/check-value.js';

/** An answer as a sample of another one to the same prompt, as the log formats have it. */
export function sampleOf({ answer, tokens }: Fields, { temperature }: Fields): Fields {
  return {
    answer,
    ...(typeof temperature === 'number' ? { temperature } : {}),
    ...(tokens === undefined ? {} : { tokens }),
  };
}

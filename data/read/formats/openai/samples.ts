import type { Fields } from '../../table/fields.js';
import type { Reply } from '../parts/reply.js';

/** A record whose answer is the first reply; the other replies become samples if they are answers. */
export function withSamples(record: Fields, [first, ...others]: readonly Reply[], request: Fields): Fields {
  const whole: Fields = { ...record, ...first };
  const { temperature } = request;
  const samples = others
    .filter(({ answer }) => answer !== null)
    .map(({ answer, tokens }) => ({
      answer,
      ...(typeof temperature === 'number' ? { temperature } : {}),
      ...(tokens === undefined ? {} : { tokens }),
    }));
  if (samples.length > 0) whole.samples = [...((record.samples as unknown[] | undefined) ?? []), ...samples];
  return whole;
}

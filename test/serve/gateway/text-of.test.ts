import fc from 'fast-check';
import { expect, it } from 'vitest';
import { textOf } from '../../../serve/gateway/wire/text-of.js';
import { atOnce } from '../../../support/steps.js';

const text = fc.oneof(
  fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
  fc.string({ unit: 'binary' }).map((each) => Buffer.from(each)),
);

it('blocks become the text of their bytes, wherever they are divided', () => {
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 3 }), fc.nat(60), (parts, at) => {
      const bytes = Buffer.concat(parts);
      expect(atOnce(textOf([bytes.subarray(0, at), bytes.subarray(at)]))).toBe(bytes.toString());
    }),
    { numRuns: 500 },
  );
  const long = Buffer.from('aé😀'.repeat(100_000));
  expect(atOnce(textOf([long]))).toBe(long.toString());
  expect(atOnce(textOf([]))).toBe('');
});

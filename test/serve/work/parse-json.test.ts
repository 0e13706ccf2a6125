import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJsonSteps } from '../../../serve/work/parse-json.js';
import { VouchError } from '../../../support/errors.js';
import { atOnce } from '../../../support/steps.js';

/** What a reading gives, or that it fails. */
const outcome = (read: () => unknown): unknown => {
  try {
    return ['is', read()];
  } catch (error) {
    if (error instanceof VouchError && error.message.includes('nested too deeply')) return 'not JSON';
    return error instanceof SyntaxError ? 'not JSON' : error;
  }
};
const same = (text: string): void => {
  expect(outcome(() => atOnce(parseJsonSteps(text)))).toEqual(outcome(() => JSON.parse(text)));
};
const long = 'é"\\ '.repeat(20_000);

describe('JSON in steps', () => {
  it('is what JSON.parse gives, for long values of any form', () => {
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom<unknown>(long, 1.5, null, true, '', 'x'),
        fc.array(tie('any'), { maxLength: 5 }),
        fc.dictionary(fc.constantFrom('a', 'b"', '__proto__', 'constructor', ' '), tie('any'), { maxKeys: 4 }),
      ),
    })).any;
    fc.assert(
      fc.property(value, fc.constantFrom(undefined, 1), (given, indent) =>
        same(JSON.stringify([given, long], null, indent)),
      ),
      { numRuns: 100 },
    );
  });

  it('fails where JSON.parse fails: a long text with one character taken away, put in or changed', () => {
    const item = { a: [1, { b: '}],' }], c: {}, d: [] };
    const base = JSON.stringify({
      x: [...Array.from({ length: 3000 }, () => item), [long], item],
      y: { z: [long, item] },
    });
    fc.assert(
      fc.property(
        fc.nat(base.length),
        fc.constantFrom('', ',', '[', ']', '{', '}', '"', ':', '1', ' '),
        fc.boolean(),
        (at, put, over) => {
          same(base.slice(0, at) + put + base.slice(over ? at + 1 : at));
        },
      ),
      { numRuns: 150 },
    );
  });

  it.each(['1', '-', '1e', '"', 'null', '{}', '[]'])('fails where a value follows %s without a comma', (put) => {
    const text = JSON.stringify({ x: Array.from({ length: 30_000 }, () => 12) });
    same(`${text.slice(0, 5)}${put}${text.slice(5)}`);
    same(`[${text.slice(0, 5)}${put}${text.slice(5)}]`);
  });

  it.each(['[', ',', '{"a":', '[1,', ']', '"', '[{},'])('ends for a megabyte of %s', (text) =>
    same(text.repeat(2 ** 20 / text.length)),
  );

  it('refuses what is nested more than 500 deep, at a cost in line with its length', () => {
    const deep = `${'['.repeat(600)}${'1,'.repeat(50_000)}1${']'.repeat(600)}`;
    expect(outcome(() => atOnce(parseJsonSteps(deep)))).toBe('not JSON');
    const fine = `${'['.repeat(500)}${'1,'.repeat(50_000)}1${']'.repeat(500)}`;
    expect(JSON.stringify(atOnce(parseJsonSteps(fine)))).toBe(fine);
  });

  it('takes steps: no more than some 64 kB are parsed between two of them', () => {
    const steps = parseJsonSteps(JSON.stringify(Array.from({ length: 200_000 }, (_, i) => i)));
    let count = 0;
    while (!steps.next().done) count++;
    expect(count).toBeGreaterThanOrEqual(19);
  });
});

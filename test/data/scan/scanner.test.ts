import { describe, expect, it } from 'vitest';
import { Scanner } from '../../../data/scan/scanner.js';
import { random } from '../../../support/random.js';
import { bothWays } from './both-ways.js';

const line = (tokens: string) => Buffer.from(`{"id":"a","answer":"x","tokens":${tokens}}`);

function logprobOf(scanner: Scanner, number: string): number | null {
  const bytes = line(`[{"token":"x","logprob":${number}}]`);
  return scanner.scan(bytes, 0, bytes.length)?.tokens.logprobs[0] ?? null;
}

describe('the scanner', () => {
  it('says of odd lines what JSON.parse and the checker say: signals to the bit, errors to the word', () => {
    const { scanned, good, bad } = bothWays(4000, 'npm test');
    expect(scanned).toBeGreaterThan(2000);
    expect(good).toBeGreaterThan(2000);
    expect(bad).toBeGreaterThan(500);
  });

  it('reads numbers as JSON.parse does, to the last bit', () => {
    const scanner = new Scanner();
    const draw = random('numbers');
    const texts = ['0', '-0', '-0.0', '-1e-400', '-5e-324', '-2.2250738585072011e-308', '-9007199254740993', '-1e23'];
    texts.push(
      '-0.1',
      '-8.5',
      '-123456789012345678',
      '-1234567890123456789',
      '-12345678901234567890',
      '-0.30000000000000004',
    );
    // halfway between two doubles: 2^53 + 1, and 1 + 2^-53 and its neighbours
    texts.push(
      '-9007199254740993.0',
      '-1.00000000000000011102230246251565404',
      '-1.0000000000000001110',
      '-1.0000000000000001111',
    );
    for (let k = 0; k < 20_000; k++) {
      const x = -((draw.next() * 8) ** (1 + draw.int(6))) * 10 ** (5 - draw.int(25));
      texts.push(
        String(x),
        x.toExponential(draw.int(19)),
        `-${draw.int(2 ** 31)}${draw.int(2 ** 31)}e${draw.int(40) - 30}`,
      );
    }
    texts.push(`-0.${'1'.repeat(300_000)}`); // as many digits as would overflow the stack
    for (const text of texts) expect(logprobOf(scanner, text), text).toBe(JSON.parse(text) as number);
  });

  it('sets roundings above 0 to 0 and takes −Infinity, NaN and null; above that it leaves the line alone', () => {
    const scanner = new Scanner();
    expect(logprobOf(scanner, '5e-7')).toBe(0);
    expect(logprobOf(scanner, '0.000001')).toBe(0);
    expect(logprobOf(scanner, '0.0000011')).toBe(null);
    expect(logprobOf(scanner, '1e-330')).toBe(0);
    expect(logprobOf(scanner, '-Infinity')).toBe(Number.NEGATIVE_INFINITY);
    expect(logprobOf(scanner, '-1e999')).toBe(Number.NEGATIVE_INFINITY);
    expect(logprobOf(scanner, 'NaN')).toBeNaN();
    expect(logprobOf(scanner, 'null')).toBeNaN();
    for (const wrong of ['Infinity', '-NaN', '01', '1.', '.5', '-', '1e', 'true', '"0"', '[]', '0x1']) {
      expect(logprobOf(scanner, wrong), wrong).toBe(null);
    }
  });

  it('gives tokens whole when asked: texts, escapes, several alphabets', () => {
    const scanner = new Scanner();
    const tokens = [
      { token: '東\n"\\', logprob: -0.5, top: [{ token: '\ud83d\ude00', logprob: -0.5 }] },
      { token: '\ud83d\ude00é', logprob: null, top: [] },
      { token: 'x' },
    ];
    const bytes = line(JSON.stringify(tokens));
    const found = scanner.scan(bytes, 0, bytes.length)!;
    expect([...found.tokens]).toEqual(tokens);
    expect([0, 1, 2].map((i) => found.tokens.units[found.tokens.unitsAt + i * found.tokens.stride])).toEqual([4, 3, 1]);
    expect([0, 1, 2].map((i) => found.tokens.counts[found.tokens.countsAt + i * found.tokens.stride])).toEqual([
      1, 0, -1,
    ]);
    expect(found.value).toEqual({ id: 'a', answer: 'x', tokens: null });
    expect(found.tokens.at(3)).toBe(undefined);
  });

  it('takes long lines after short ones, anywhere in a buffer', () => {
    const scanner = new Scanner();
    const token = {
      token: 'a',
      logprob: -1,
      top: Array.from({ length: 20 }, (_, k) => ({ token: `b${k}`, logprob: -1 - k })),
    };
    for (const n of [1, 5000, 3]) {
      const bytes = Buffer.concat([
        Buffer.from('}}'),
        line(JSON.stringify(Array.from({ length: n }, () => token))),
        Buffer.from('{'),
      ]);
      const found = scanner.scan(bytes, 2, bytes.length - 1)!;
      expect(found.tokens.length).toBe(n);
      expect(found.tokens.at(n - 1)).toEqual(token);
      expect(found.tokens.logprobs.at(-1)).toBe(-20);
    }
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Token } from '../../../data/record.js';
import { fastExp } from '../../../features/tokens/fast-exp.js';
import { SHARE_MOST } from '../../../features/tokens/kernel-columns.js';
import { TokenNumber } from '../../../features/tokens/numbers.js';
import { TokenTable } from '../../../features/tokens/table/token-table.js';

/** The same statistics in plain code, one token at a time: what the kernel must say to the last bit. */
function plain(tokens: { chosen: number; top: number[] }[], k: number) {
  const sums = { p: 0, bare: 0, collision: 0, top: 0, rest: 0, ranked: 0, spread: 0, outranked: 0 };
  const shares = [0, 0, 0, 0, 0];
  const most = [0, 0, 0, 0, 0];
  const entropies: number[] = [];
  const margins: number[] = [];
  for (const { chosen, top } of tokens) {
    let [mass, entropy, squares, ranked, surprisal] = [0, 0, 0, 0, 0];
    top.slice(0, k).forEach((x, r) => {
      const p = fastExp(x);
      const share = -p * x;
      if (r < 5) {
        shares[r] += share;
        if (share > most[r]) most[r] = share;
      }
      mass += p;
      surprisal -= x;
      entropy += share;
      squares += p * p;
      ranked += share * (r + 1);
    });
    const rest = mass < 1 ? 1 - mass : 0;
    const logRest = rest > 0 ? Math.log(rest) : -30;
    entropy -= rest * logRest;
    squares += rest * rest;
    const outranked = chosen < top[0] - 1e-5;
    entropies.push(entropy);
    margins.push(chosen - (outranked ? top[0] : k > 1 ? top[1] : Math.max(logRest, -30)));
    sums.p += fastExp(chosen);
    sums.bare += entropy + rest * logRest;
    sums.collision += squares < 1 ? -Math.log(squares) : 0;
    sums.top += top[0];
    sums.rest += rest;
    sums.ranked += ranked;
    sums.spread += surprisal / k;
    sums.outranked += outranked ? 1 : 0;
  }
  return { sums, shares, most, entropies, margins };
}

const logprob = fc.oneof(
  { weight: 5, arbitrary: fc.double({ min: -30, max: 0, noNaN: true }) },
  { weight: 2, arbitrary: fc.double({ min: -1e-6, max: 0, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(0, -30, -1 / 32, -3 / 32, -Math.LN2, -1e-9) },
);
const tokensOf = (k: number) =>
  fc.array(
    fc.record({
      chosen: logprob.map((x) => x + 0),
      top: fc.array(logprob, { minLength: k, maxLength: k }).map((all) => all.map((x) => x + 0).sort((a, b) => b - a)),
    }),
    { minLength: 1, maxLength: 80 },
  );
const recorded = ({ chosen, top }: { chosen: number; top: number[] }): Token => ({
  token: 'a',
  logprob: chosen,
  top: top.map((x) => ({ token: 'a', logprob: x })),
});

describe('the kernel of token statistics', () => {
  it('says what plain code says, to the last bit, whatever was read before', () => {
    const tables = Array.from({ length: 13 }, (_, k) => new TokenTable(k));
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }).chain((k) => fc.tuple(fc.constant(k), tokensOf(k))),
        ([k, tokens]) => {
          const { n, numbers, entropy, margin, totals } = loaded(tables[k], tokens.map(recorded));
          const { sums, shares, most, entropies, margins } = plain(tokens, k);
          const mean = (sum: number) => sum / tokens.length;
          expect(n).toBe(tokens.length);
          expect([...entropy.subarray(0, n)]).toEqual(entropies);
          expect([...margin.subarray(0, n)]).toEqual(margins);
          expect(numbers[TokenNumber.PROBABILITY]).toBe(mean(sums.p));
          expect(numbers[TokenNumber.BARE_ENTROPY]).toBe(mean(sums.bare));
          expect(numbers[TokenNumber.COLLISION]).toBe(mean(sums.collision));
          expect(numbers[TokenNumber.TOP]).toBeCloseTo(mean(sums.top), 12);
          expect(numbers[TokenNumber.REST]).toBe(mean(sums.rest));
          expect(numbers[TokenNumber.RANKED]).toBe(mean(sums.ranked));
          expect(numbers[TokenNumber.SURPRISAL]).toBe(mean(sums.spread));
          expect(numbers[TokenNumber.OUTRANKED]).toBe(mean(sums.outranked));
          for (let r = 0; r < 5; r++) {
            expect(numbers[TokenNumber.SHARE + r]).toBe(r < k ? mean(shares[r]) : Number.NaN);
            expect(numbers[SHARE_MOST + r]).toBe(r < k ? most[r] : Number.NaN);
          }
          expect(totals.entropy).toBe(entropies.reduce((sum, h) => sum + h, 0));
          expect(totals.leastMargin).toBe(Math.min(...margins));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('makes room for long answers and many alternatives, and reads short ones as before', () => {
    const one = { chosen: -0.5, top: Array.from({ length: 25 }, (_, r) => -0.5 - r) };
    const table = new TokenTable(25);
    const short = loaded(table, [recorded(one)]).numbers[TokenNumber.BARE_ENTROPY];
    const long = loaded(table, new Array(5001).fill(recorded(one)));
    expect(long.n).toBe(5001);
    expect(long.numbers[TokenNumber.BARE_ENTROPY]).toBeCloseTo(short, 12);
    expect(loaded(table, [recorded(one)]).numbers[TokenNumber.BARE_ENTROPY]).toBe(short);
  });
});

function loaded(table: TokenTable, tokens: Token[]): TokenTable {
  table.load(tokens);
  return table;
}

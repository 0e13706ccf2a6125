import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { AnswerRecord, Token } from '../../../data/record.js';
import { TokenNumber } from '../../../features/tokens/numbers.js';
import { TokenTable } from '../../../features/tokens/table/token-table.js';
import { signalsOf } from '../signals-of.js';

const ln = Math.log;
const token = (...top: number[]): Token => ({
  token: 'x',
  logprob: ln(top[0]),
  top: top.map((p, i) => ({ token: `${i}`, logprob: ln(p) })),
});
const loaded = (topK: number, ...tokens: Token[]) => {
  const table = new TokenTable(topK);
  table.load(tokens, 'x'.repeat(tokens.length));
  return table;
};

describe('a token with too few alternatives', () => {
  it('gets those it lacks: an equal share of what is left over among them and twelve more', () => {
    // ½, ¼ listed of 4: two lack, ¼ / 14 each
    const share = 0.25 / 14;
    const whole = loaded(4, token(0.5, 0.25, share, share));
    const short = loaded(4, token(0.5, 0.25), token(0.9, 0.05, 0.02, 0.01), token(0.9, 0.05, 0.02, 0.01));
    expect(short.entropy[0]).toBeCloseTo(whole.entropy[0], 12);
    expect(short.entropy[0]).toBeCloseTo(
      0.5 * ln(2) + 0.25 * ln(4) - 2 * share * ln(share) - (0.25 - 2 * share) * ln(0.25 - 2 * share),
      12,
    );
    expect(short).toMatchObject({ hasTop: true, refused: false });
  });

  it('gets no more than its least one', () => {
    // .02 listed last, .38 left over: .38 / 13 is more
    const table = loaded(3, token(0.6, 0.02), token(0.5, 0.3, 0.1));
    expect(table.entropy[0]).toBeCloseTo(-0.6 * ln(0.6) - 2 * 0.02 * ln(0.02) - 0.36 * ln(0.36), 12);
  });

  it('has the chosen token for its only one where none is listed', () => {
    const table = loaded(2, { token: 'x', logprob: ln(0.74) }, token(0.5, 0.3), token(0.5, 0.3));
    // .26 / 13 for the one that lacks
    expect(table.entropy[0]).toBeCloseTo(-0.74 * ln(0.74) - 0.02 * ln(0.02) - 0.24 * ln(0.24), 12);
    expect(table.margin[0]).toBeCloseTo(ln(0.74 / 0.02), 12);
    expect(table.hasTop).toBe(true);
  });

  it('is as if what guided decoding rules out were listed at −9999', () => {
    const listed = { token: 'x', logprob: 0, top: [0, -9999, -9999].map((logprob) => ({ token: '?', logprob })) };
    const names = [...Array(TokenNumber.FIRST_MARGIN + 1).keys()];
    const all = loaded(3, listed, listed);
    const few = loaded(3, token(1), token(1));
    expect(names.map((i) => few.numbers[i])).toEqual(names.map((i) => all.numbers[i]));
  });
});

describe('an answer', () => {
  const full = token(0.5, 0.2, 0.1, 0.05);
  const half = token(0.5, 0.2);
  const sure = token(0.99995);

  it.each([
    ['half of its tokens too short', [full, half], true],
    ['more than half too short', [full, half, half], false],
    ['all with half of k', [half, half], false],
    ['all with three quarters of k', [token(0.5, 0.2, 0.1)], true],
    ['sure tokens do not vote: too short', [sure, sure, sure, half, half, full], false],
    ['sure tokens do not vote: long enough', [sure, sure, sure, half, full], true],
    ['sure tokens only', [sure, sure], true],
    ['one token without any', [full, full, { token: 'x', logprob: -0.1 }], true],
    ['two of three without any', [full, { token: 'x', logprob: -0.1 }, { token: 'x', logprob: -0.1, top: [] }], false],
  ])('with %s: %j', (_, tokens, hasTop) => {
    expect(loaded(4, ...(tokens as Token[]))).toMatchObject({ hasTop, refused: !hasTop });
  });

  it('that lists nothing anywhere is not refused, it has nothing', () => {
    const table = loaded(4, { token: 'x', logprob: -1 }, { token: 'x', logprob: -1, top: [] });
    expect(table).toMatchObject({ n: 2, hasTop: false, refused: false });
    const nulls = loaded(4, { token: 'x', logprob: -1, top: [{ token: 'x', logprob: null }] });
    expect(nulls).toMatchObject({ n: 1, hasTop: false, refused: false });
  });
});

describe('on shipped answers', () => {
  const rows = gunzipSync(readFileSync('examples/smollm2.jsonl.gz'))
    .toString()
    .trim()
    .split('\n')
    .filter((_, i) => i % 10 === 0)
    .map((line) => JSON.parse(line) as AnswerRecord & { tokens: Token[] })
    .filter(({ tokens }) => tokens?.length > 1);
  const names = [
    'meanEntropy',
    'stdEntropy',
    'collisionEntropy',
    'spread',
    'restMass',
    'meanMargin',
    'rank5MeanEntropy',
  ].map((name) => `tokens.${name}`);
  const signals = (tokens: (row: (typeof rows)[number]) => Token[]) =>
    rows.map((row) => signalsOf({ ...row, tokens: tokens(row) }, 10));
  const whole = signals(({ tokens }) => tokens);
  const deviation = (name: string) => {
    const values = whole.map((row) => row[name]);
    const centre = values.reduce((sum, x) => sum + x, 0) / values.length;
    return Math.sqrt(values.reduce((sum, x) => sum + (x - centre) ** 2, 0) / values.length);
  };
  /** Greatest mean error of any of the signals, in standard deviations of its own. */
  const error = (other: ReturnType<typeof signals>) =>
    Math.max(
      ...names.map(
        (name) =>
          whole.reduce((sum, row, i) => sum + Math.abs(other[i][name] - row[name]), 0) / whole.length / deviation(name),
      ),
    );
  const cut = (row: Token, k: number): Token => ({ ...row, top: row.top!.slice(0, k) });

  it('one alternative less at the last token changes signals by under .006 standard deviations, half of them by under .05', () => {
    const last = (k: number) => signals(({ tokens }) => tokens.map((t, i) => (i < tokens.length - 1 ? t : cut(t, k))));
    expect(error(last(9))).toBeLessThan(0.006);
    expect(error(last(5))).toBeLessThan(0.05);
  });

  it('eight of ten at every token by under .05; five of ten are refused', () => {
    expect(error(signals(({ tokens }) => tokens.map((t) => cut(t, 8))))).toBeLessThan(0.05);
    const five = signals(({ tokens }) => tokens.map((t) => cut(t, 5)));
    const refused = five.filter((row) => Number.isNaN(row['tokens.meanEntropy'])).length;
    expect(refused / rows.length).toBeGreaterThan(0.95);
  });
});

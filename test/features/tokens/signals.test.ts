import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fastExp } from '../../../features/tokens/fast-exp.js';
import { TokenNumber } from '../../../features/tokens/numbers.js';
import { TokenTable } from '../../../features/tokens/table/token-table.js';
import { signalsOf } from '../signals-of.js';

const ln = Math.log;
const token = (text: string, p: number, top: number[]) => ({
  token: text,
  logprob: ln(p),
  top: top.map((q, i) => ({ token: `${text}${i}`, logprob: ln(q) })),
});

/** "The capital is Oslo." with probabilities ½, ¼, 1, ⅛, 1 and two alternatives each. */
const record = {
  prompt: 'What is the capital of Norway?',
  answer: 'The capital is Oslo.',
  tokens: [
    token('The', 0.5, [0.5, 0.25]),
    token(' capital', 0.25, [0.5, 0.25]),
    token(' is', 1, [1, 1e-30]),
    token(' Oslo', 0.125, [0.25, 0.125]),
    token('.', 1, [1, 1e-30]),
  ],
};

describe('fastExp', () => {
  it('is exp to 1e-14 over [−30, 0]', () => {
    expect(fastExp(0)).toBe(1);
    fc.assert(
      fc.property(fc.double({ min: -30, max: 0, noNaN: true }), (x) => Math.abs(fastExp(x) / Math.exp(x) - 1) < 1e-14),
      { numRuns: 2000 },
    );
  });
});

describe('token signals, worked by hand', () => {
  const signals = signalsOf(record);
  const close = (name: string, value: number) => expect(signals[name], name).toBeCloseTo(value, 10);

  it('log-probabilities', () => {
    close('tokens.count', ln(6));
    close('tokens.pavg', (0.5 + 0.25 + 1 + 0.125 + 1) / 5);
    close('tokens.pavg.logit', ln(0.575) - ln(0.425 + 1e-9));
    close('tokens.meanLogprob', (-6 * ln(2)) / 5);
    close('tokens.meanLogprob.log', -ln((6 * ln(2)) / 5 + 1e-8));
    close('tokens.sumLogprob', -6 * ln(2));
    close('tokens.minLogprob', -3 * ln(2));
    close('tokens.firstLogprob', -ln(2));
    close('tokens.lastLogprob', 0);
    close('tokens.lastLogprob.log', -ln(1e-8));
    close('tokens.perplexity', 2 ** (6 / 5));
    // squares about −1.2 ln 2: (0.2² + 0.8² + 1.2² + 1.8² + 1.2²) / 5 = 6.8 / 5
    close('tokens.stdLogprob', ln(2) * Math.sqrt(6.8 / 5));
    close('tokens.lowShare', 2 / 5);
    close('tokens.worstWindow', (-6 * ln(2)) / 5);
  });

  it('informative and fresh tokens: "capital" and "Oslo" carry content, only "Oslo" is new', () => {
    close('tokens.keyShare', 2 / 5);
    close('tokens.keyMeanLogprob', (-5 * ln(2)) / 2);
    close('tokens.keyMinLogprob', -3 * ln(2));
    close('tokens.freshMeanLogprob', -3 * ln(2));
    close('tokens.freshSumLogprob', -3 * ln(2));
    close('tokens.freshSumLogprob.log', -ln(3 * ln(2) + 1e-8));
    close('tokens.onsetLogprob', -3 * ln(2));
    close('tokens.freshMinMargin', ln(0.125 / 0.25));
  });

  it('entropies over the top 2 and the rest', () => {
    const half = 0.5 * ln(2) + 2 * 0.25 * ln(4); // ½, ¼, rest ¼
    const eighth = 0.25 * ln(4) + 0.125 * ln(8) + 0.625 * ln(1 / 0.625);
    close('tokens.meanEntropy', (2 * half + eighth) / 5);
    close('tokens.maxEntropy', Math.max(half, eighth));
    close('tokens.firstEntropy', half);
    close('tokens.onsetEntropy', eighth);
    close('tokens.keyMeanEntropy', (half + eighth) / 2);
    close('tokens.collisionEntropy', (-2 * ln(0.375) - ln(1 / 16 + 1 / 64 + 0.625 ** 2)) / 5);
    close('tokens.rank1MeanEntropy', (2 * 0.5 * ln(2) + 0.25 * ln(4)) / 5);
    close('tokens.rank2MeanEntropy', (2 * 0.25 * ln(4) + 0.125 * ln(8)) / 5);
    close('tokens.rank1MaxEntropy', 0.25 * ln(4));
    close('tokens.rank2MaxEntropy', 0.25 * ln(4));
    expect(signals['tokens.rank3MeanEntropy']).toBeNaN();
    close('tokens.entropyProduction', (2 * (0.5 * ln(2) + 0.25 * ln(4)) + 0.25 * ln(4) + 0.125 * ln(8)) / 5);
    close('tokens.rankWeightedEntropy', (2 * (0.5 * ln(2) + 0.5 * ln(4)) + 0.25 * ln(4) + 0.25 * ln(8)) / 5);
    close('tokens.restMass', (0.25 + 0.25 + 0.625) / 5);
    // 1e-30 is held at e^−30
    close('tokens.spread', ((ln(2) + ln(4)) / 2 + (ln(2) + ln(4)) / 2 + 15 + (ln(4) + ln(8)) / 2 + 15) / 5);
  });

  it('margins', () => {
    close('tokens.firstMargin', ln(2));
    close('tokens.minMargin', -ln(2));
    close('tokens.meanMargin', (ln(2) - ln(2) + 30 - ln(2) + 30) / 5);
    close('tokens.outrankedShare', 2 / 5);
  });
});

describe('the token table', () => {
  const table = (top: { token: string; logprob?: number | null }[], topK = 2) => {
    const view = new TokenTable(topK);
    view.load([{ token: 'x', logprob: ln(0.5), top }]);
    return view;
  };
  const alternatives = [0.5, 0.25, 0.125].map((p, i) => ({ token: String(i), logprob: ln(p) }));

  it('takes the k likeliest in any order', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(alternatives, { minLength: 3 }), (shuffled) => {
        expect(table(shuffled).entropy[0]).toBe(table(alternatives).entropy[0]);
      }),
    );
    expect(table(alternatives).entropy[0]).toBeCloseTo(0.5 * ln(2) + 0.5 * ln(4), 12);
  });

  it('refuses lists under three quarters of k and says so', () => {
    expect(table(alternatives, 5)).toMatchObject({ n: 1, hasTop: false, refused: true });
    expect(table(alternatives, 4)).toMatchObject({ n: 1, hasTop: true, refused: false });
    expect(table([], 4)).toMatchObject({ n: 1, hasTop: false, refused: false });
    expect(table(alternatives, 3)).toMatchObject({ hasTop: true, refused: false });
    expect(table(alternatives, 0)).toMatchObject({ hasTop: false, refused: false });
  });

  it('takes −9999, −Infinity and a rounding above 0 as endpoints mean them', () => {
    const odd = table([
      { token: 'a', logprob: 1e-7 },
      { token: 'b', logprob: -9999 },
      { token: 'c', logprob: Number.NEGATIVE_INFINITY },
    ]);
    expect(odd.entropy[0]).toBeCloseTo(0, 10);
    expect(odd.numbers[TokenNumber.REST]).toBe(0);
    const chosen = new TokenTable(0);
    chosen.load([
      { token: 'a', logprob: -9999 },
      { token: 'b', logprob: null },
      { token: 'c', logprob: -1 },
    ]);
    expect([...chosen.logprob.subarray(0, chosen.n)]).toEqual([-30, -1]);
  });

  it('ranks the chosen token the same whether or not it stands among its alternatives', () => {
    const tokens = (top: number[]) => ({
      answer: 'x',
      tokens: [{ token: 'x', logprob: ln(0.2), top: top.map((p) => ({ token: '?', logprob: ln(p) })) }],
    });
    expect(signalsOf(tokens([0.5, 0.3, 0.2]))['tokens.firstMargin']).toBeCloseTo(ln(0.4), 12);
    expect(signalsOf(tokens([0.5, 0.3]))['tokens.firstMargin']).toBeCloseTo(ln(0.4), 12);
  });

  it('finds the worst five tokens in a row', () => {
    const tokens = [-1, 0, 0, -2, -2, -2, 0, 0, 0, -3].map((logprob) => ({ token: 'x', logprob }));
    expect(signalsOf({ answer: 'y', tokens })['tokens.worstWindow']).toBeCloseTo(-6 / 5, 12);
  });

  it('keeps what saturated log-probabilities still tell apart', () => {
    const at = (logprob: number) => signalsOf({ answer: 'x', tokens: [{ token: 'x', logprob }] });
    expect(at(-1e-6)['tokens.meanLogprob.log'] - at(-2e-6)['tokens.meanLogprob.log']).toBeGreaterThan(0.6);
    expect(at(-1e-6)['tokens.pavg.logit'] - at(-2e-6)['tokens.pavg.logit']).toBeGreaterThan(0.6);
  });

  it('reads tokenizer signs as the spaces they stand for', () => {
    const tokens = ['The', 'Ġcapital', 'Ġis', 'ĠOslo'].map((text, i) => ({ token: text, logprob: -i }));
    const signals = signalsOf({ prompt: 'The capital is', answer: ' The capital is Oslo', tokens });
    expect(signals['tokens.onsetLogprob']).toBe(-3);
    expect(signals['tokens.keyMeanLogprob']).toBe(-2);
  });
});

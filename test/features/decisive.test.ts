import { describe, expect, it } from 'vitest';
import { decisionOf } from '../../features/tokens/decision.js';
import { signalsOf } from './signals-of.js';

const ln = Math.log;
const tokens = (...parts: [string, number, [string, number][]?][]) =>
  parts.map(([token, p, top]) => ({
    token,
    logprob: ln(p),
    top: (
      top ?? [
        [token, p],
        ['?', 0.01],
      ]
    ).map(([text, q]) => ({ token: text, logprob: ln(q) })),
  }));

describe('the word that decides', () => {
  it('is the last number, with all its tokens', () => {
    const signals = signalsOf({
      prompt: 'What is 6 times 20?',
      answer: '6 * 20 = 120.',
      tokens: tokens(
        ['6', 0.9],
        [' *', 0.9],
        [' 20', 0.9],
        [' =', 0.9],
        [' 1', 0.5],
        [
          '20',
          0.25,
          [
            ['20', 0.25],
            ['10', 0.5],
          ],
        ],
        ['.', 0.9],
      ),
    });
    expect(signals['tokens.decisiveLogprob']).toBeCloseTo(ln(0.125), 12);
    expect(signals['tokens.decisiveLogprob.log']).toBeCloseTo(-ln(ln(8) + 1e-8), 12);
    expect(signals['tokens.decisiveMargin']).toBeCloseTo(ln(0.5), 12);
    expect(signals['tokens.decisiveOdds']).toBeNaN();
  });

  it('is the option, or the yes or no, and its odds take all spellings together', () => {
    const option = signalsOf({
      answer: 'The answer is B.',
      tokens: tokens(
        ['The', 1],
        [' answer', 1],
        [' is', 1],
        [
          ' B',
          0.5,
          [
            [' B', 0.5],
            ['B', 0.25],
          ],
        ],
        ['.', 1],
      ),
    });
    expect(option['tokens.decisiveLogprob']).toBeCloseTo(ln(0.5), 12);
    // 0.75 for B; another option isn't listed and counts as the least listed, 0.25
    expect(option['tokens.decisiveOdds']).toBeCloseTo(ln(3), 12);
    const yes = signalsOf(
      {
        answer: 'Yes',
        tokens: tokens([
          'Yes',
          0.4,
          [
            ['no', 0.1],
            ['Yes', 0.4],
            [' yes', 0.2],
            [' No', 0.2],
            ['B', 0.05],
          ],
        ]),
      },
      5,
    );
    expect(yes['tokens.decisiveOdds']).toBeCloseTo(ln(0.6 / 0.3), 12);
    // only the two likeliest count where the model was trained with two
    const two = signalsOf({
      answer: 'Yes',
      tokens: tokens([
        'Yes',
        0.4,
        [
          ['no', 0.1],
          ['Yes', 0.4],
          [' No', 0.2],
        ],
      ]),
    });
    expect(two['tokens.decisiveOdds']).toBeCloseTo(ln(0.4 / 0.2), 12);
  });

  it('is not there in other answers, and found where the tokens spell more than the answer', () => {
    expect(signalsOf({ answer: 'Oslo', tokens: tokens(['Oslo', 0.5]) })['tokens.decisiveLogprob']).toBeNaN();
    const ended = signalsOf({ answer: '42', tokens: tokens(['Ġ42', 0.5], ['<end>', 0.25]) });
    expect(ended['tokens.decisiveLogprob']).toBeCloseTo(ln(0.5), 12);
  });

  it('tells decisions by tokens', () => {
    expect(['A', ' b', '(C)', 'J.', 'K', ' Yes', 'TRUE', 'no', 'False,', 'maybe', '', '12'].map(decisionOf)).toEqual([
      1, 2, 3, 10, 0, -1, -1, -2, -2, 0, 0, 0,
    ]);
  });

  it('is followed by the tail', () => {
    const all = tokens(['a', 0.1], [' b', 0.5], [' c', 0.5], [' d', 0.5], [' e', 0.5], [' f', 0.25]);
    expect(signalsOf({ answer: 'a b c d e f', tokens: all })['tokens.tailLogprob']).toBeCloseTo(-(6 / 5) * ln(2), 12);
    expect(signalsOf({ answer: 'a b c d e f', tokens: all })['tokens.minEntropy']).toBeCloseTo(
      (ln(10) + 6 * ln(2)) / 6,
      12,
    );
  });
});

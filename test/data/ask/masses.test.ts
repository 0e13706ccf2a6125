import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chatReplySchema } from '../../../data/ask/endpoint/chat.js';
import { readChoice } from '../../../data/ask/endpoint/read-choice.js';
import { optionMass } from '../../../data/ask/requests/option-mass.js';
import { parseTruth, truthMass } from '../../../data/ask/requests/parse-truth.js';
import { recorded } from './fake-endpoint.js';

const tokensOf = (name: string) => readChoice(chatReplySchema.parse(recorded[name].reply).choices[0]).tokens ?? [];
const token = (text: string, top: [string, number][]) => ({
  token: text,
  logprob: Math.log(top.find(([other]) => other === text)?.[1] ?? 0.5),
  top: top.map(([other, p]) => ({ token: other, logprob: Math.log(p) })),
});

describe('optionMass', () => {
  it('gives the distribution of a recorded reply', () => {
    // exp of the recorded logprobs of C, B, A, over their sum, by hand in Python
    const mass = optionMass(tokensOf('choice'), ['A', 'B', 'C']);
    expect(mass?.A).toBeCloseTo(0.1379265, 5);
    expect(mass?.B).toBeCloseTo(0.1848564, 5);
    expect(mass?.C).toBeCloseTo(0.677217, 5);
  });

  it('joins " A", "A" and "(A" and takes the first token that is an option', () => {
    const tokens = [
      token('Answer', [['Answer', 0.9]]),
      token(' A', [
        [' A', 0.3],
        ['A', 0.1],
        ['(B', 0.2],
        ['B.', 0.2],
        ['a', 0.1],
        ['The', 0.1],
      ]),
      token('C', [['C', 1]]),
    ];
    expect(optionMass(tokens, ['A', 'B', 'C'])).toEqual({ A: 0.5, B: 0.5, C: 0 });
  });

  it('counts a chosen token that its alternatives leave out', () => {
    const chosen = { token: 'B', logprob: Math.log(0.6), top: [{ token: 'A', logprob: Math.log(0.2) }] };
    expect(optionMass([chosen], ['A', 'B'])).toEqual({ A: 0.25, B: 0.75 });
  });

  it('takes words without case', () => {
    expect(
      optionMass(
        [
          token('Yes', [
            ['Yes', 0.5],
            ['yes', 0.25],
            [' No', 0.25],
          ]),
        ],
        ['yes', 'no'],
      ),
    ).toEqual({ yes: 0.75, no: 0.25 });
  });

  it('is absent without an option or without alternatives', () => {
    expect(
      optionMass(
        [
          token('I', [
            ['I', 0.9],
            ['A', 0.1],
          ]),
        ],
        ['A', 'B'],
      ),
    ).toBeUndefined();
    expect(optionMass([{ token: 'A', logprob: -0.1 }], ['A', 'B'])).toBeUndefined();
  });

  it('sums to 1', () => {
    const p = fc.double({ min: 1e-6, max: 1, noNaN: true });
    fc.assert(
      fc.property(p, p, p, (a, b, c) => {
        const mass = optionMass(
          [
            token('A', [
              ['A', a],
              ['B', b],
              ['C', c],
            ]),
          ],
          ['A', 'B', 'C'],
        );
        expect(Object.values(mass ?? {}).reduce((sum, x) => sum + x, 0)).toBeCloseTo(1, 5);
      }),
    );
  });
});

describe('truthMass', () => {
  it('gives P(True) of a recorded reply', () => {
    // (True + Yes + true) / (those + False + No), by hand in Python
    expect(truthMass(tokensOf('ptrue'))).toBe(0.738527);
  });

  it('passes over tokens with next to no mass on a verdict', () => {
    const tokens = [
      token('The', [
        ['The', 0.99],
        ['True', 0.002],
      ]),
      token(' answer', []),
      token('False', [
        ['False', 0.6],
        ['True', 0.2],
      ]),
    ];
    expect(truthMass(tokens)).toBe(0.25);
    expect(truthMass([tokens[0]])).toBeUndefined();
    expect(truthMass([{ token: 'True', logprob: -0.1 }])).toBeUndefined();
  });
});

describe('parseTruth', () => {
  it.each([
    ['True', true],
    ['**False**.', false],
    ['The answer is correct.', true],
    ['That is not right', false],
    ['incorrect', false],
    ['maybe', undefined],
    ['', undefined],
  ])('%j → %s', (text, verdict) => expect(parseTruth(text)).toBe(verdict));
});

import { describe, expect, it } from 'vitest';
import { entailmentMass, parseEntailment } from '../../../../data/ask/requests/parse-entailment.js';

const token = (...top: [string, number][]) => ({
  token: top[0][0],
  logprob: Math.log(top[0][1]),
  top: top.map(([text, p]) => ({ token: text, logprob: Math.log(p) })),
});

describe('entailmentMass', () => {
  it('adds the tokens that begin a label, in any case, and divides by all of them', () => {
    const found = entailmentMass([token([' Ent', 0.5], ['entail', 0.1], ['contr', 0.2], ['Neutral', 0.2])]);
    expect(found).toEqual({ entails: 0.6, contradicts: 0.2 });
    expect(entailmentMass([token(['**', 0.9], ['C', 0.1]), token(['Contradiction', 0.75], ['ne', 0.25])])).toEqual({
      entails: 0,
      contradicts: 0.75,
    });
  });

  it('is not read from noise, from single letters, or without alternatives', () => {
    expect(entailmentMass([token(['The', 0.995], ['ent', 0.005])])).toBeUndefined();
    expect(entailmentMass([token(['E', 0.5], ['N', 0.5])])).toBeUndefined();
    expect(entailmentMass([{ token: 'entailment', logprob: 0 }])).toBeUndefined();
    expect(entailmentMass([])).toBeUndefined();
  });
});

describe('parseEntailment', () => {
  it.each([
    ['Entailment.', { entails: 1, contradicts: 0 }],
    ['**contradiction**', { entails: 0, contradicts: 1 }],
    ['neutral', { entails: 0, contradicts: 0 }],
    ['The first answer entails the second.', { entails: 1, contradicts: 0 }],
    ['The first answer does not entail the second.', undefined],
    ["It doesn't contradict it", undefined],
    ['Maybe', undefined],
    ['', undefined],
  ])('%s', (reply, verdict) => {
    expect(parseEntailment(reply)).toEqual(verdict);
  });
});

import { describe, expect, it } from 'vitest';
import { signalsOf } from '../signals-of.js';

const ln = Math.log;
const ask = (answers: string[], more: object = {}) =>
  signalsOf({ answer: answers[0], samples: answers.map((answer) => ({ answer })), ...more });
/** Number of meanings among texts, by words. */
const sets = (answers: string[], more: object = {}) => ask(answers, more)['samples.semanticSets'];

describe('what means the same by words', () => {
  it('does not depend on the answer: three samples that an undecided answer agrees with are three meanings', () => {
    const samples = ['Paris', 'London', 'Rome'].map((answer) => ({ answer }));
    const undecided = signalsOf({ answer: 'It could be Paris, London or Rome.', samples });
    expect(undecided['samples.semanticEntropy']).toBeCloseTo(ln(3), 14);
    expect(undecided['samples.semanticSets']).toBe(3);
    const decided = signalsOf({ answer: 'Paris', samples });
    expect(decided['samples.semanticEntropy']).toBe(undecided['samples.semanticEntropy']);
  });

  it('tells a list of alternatives from one of them, in either order', () => {
    const either = ['It could be Paris, London or Rome.', 'Paris', 'London'];
    expect(sets(either)).toBe(3);
    expect(sets([...either].reverse())).toBe(3);
    expect(sets(['Paris or London', 'London or Paris'])).toBe(1);
  });

  it('heeds negation', () => {
    expect(sets(['Paris is right', 'Paris is not right'])).toBe(2);
    const said = ask(['Paris is right', 'Paris is not right']);
    expect(said['samples.semanticEntropy']).toBeCloseTo(ln(2), 14);
    // the similarity is 0, so the graph has two separate texts
    expect(said['samples.eigenvalueSum']).toBeCloseTo(2, 12);
  });

  it.each([
    ['wrong for right', 'Paris is wrong', 'Paris is right', 2],
    ['not wrong for right', 'Paris is not wrong', 'Paris is right', 1],
    ['an inflected verb', 'She did not finish the race', 'She finished the race', 2],
    ['two negations', 'It is not without danger', 'It is not without danger at all', 1],
    ['a rejected alternative', 'Paris, not London', 'Paris', 1],
    ['the rejected one', 'Paris, not London', 'London', 2],
    ['a negation that answers', 'No, Paris', 'Paris', 1],
    ['a correct answer that is only announced', 'The correct answer is Paris', 'Paris', 1],
  ])('%s: %s / %s', (_, one, other, expected) => {
    expect(sets([one, other])).toBe(expected);
    expect(sets([other, one])).toBe(expected);
  });

  it.each([
    ['numbers differ', 'Built in 1889 by Gustave Eiffel', 'Built in 1887 by Gustave Eiffel', 2],
    ['one has more numbers', 'Built by Gustave Eiffel', 'Built in 1887 by Gustave Eiffel', 1],
    ['a part of a name', 'Neil Armstrong', 'Armstrong', 1],
    ['numbers as words', 'World War Two', 'World War II', 1],
    ['initials', 'United States', 'the U.S.', 1],
    ['other initials', 'United Nations', 'the U.S.', 2],
    ['letters', 'The answer is B.', '(B)', 1],
  ])('%s: %s / %s', (_, one, other, expected) => {
    expect(sets([one, other])).toBe(expected);
  });

  it('takes the sets of the record where every sample has one', () => {
    const samples = ['a', 'b', 'a'].map((cluster, i) => ({ answer: `text ${i}`, cluster }));
    const given = signalsOf({ answer: 'x', samples });
    expect(given['samples.semanticSets']).toBe(2);
    expect(given['samples.semanticEntropy']).toBeCloseTo(ln(3) - (2 / 3) * ln(2), 14);
    const some = signalsOf({ answer: 'x', samples: [...samples.slice(1), { answer: 'text 1' }] });
    expect(some['samples.semanticSets']).toBe(2);
  });
});

describe('signals over meaning by words', () => {
  const tokens = (...probabilities: number[]) => probabilities.map((p) => ({ token: 'x', logprob: ln(p) }));
  const record = {
    model: 'm',
    answer: 'Oslo',
    tokens: tokens(0.5, 0.125),
    samples: [
      { answer: 'Oslo', tokens: tokens(0.5) },
      { answer: 'Bergen', tokens: tokens(0.2, 0.05) },
      { answer: 'Oslo', model: 'm', tokens: tokens(0.4) },
      { answer: 'Oslo', model: 'other' },
      { answer: 'Hamar', model: 'other' },
    ],
  };
  const signals = signalsOf(record);
  const close = (name: string, value: number) => expect(signals[name], name).toBeCloseTo(value, 12);

  it('are worked by hand', () => {
    // probabilities normalised by length .5, .1, .4; Oslo, Bergen, Oslo
    close('samples.semanticEntropyByProbability', -(0.9 * ln(0.9) + 0.1 * ln(0.1)));
    close('samples.semanticEntropy', ln(3) - (2 / 3) * ln(2));
    close('samples.eigenvalueSum', 2);
    close('samples.degreeUncertainty', 4 / 9);
    // each text once: Oslo .5, Bergen .1
    close('samples.semanticDensity', 0.5 / 0.6);
    close('samples.cocoa', (ln(16) / 2) * (1 / 3));
    close('samples.cocoaSequence', ln(16) / 3);
    // Oslo .5 and .4 support each other, Bergen has .01 alone
    close('samples.sentenceSar', -(ln(0.5 + 400) + ln(0.4 + 500) + ln(0.01)) / 3);
    close('others.semanticSets', 2);
    close('others.eigenvalueSum', 2);
    // Oslo, Bergen, Oslo against Oslo, Hamar
    close('others.agreeSamples', 2 / 6);
  });

  it('are missing where they have no likelihoods, and CoCoA where the answer has none', () => {
    const bare = signalsOf({ ...record, tokens: null, samples: [{ answer: 'Oslo' }] });
    for (const name of ['semanticEntropyByProbability', 'sentenceSar', 'semanticDensity', 'cocoa', 'cocoaSequence'])
      expect(bare[`samples.${name}`], name).toBeNaN();
    expect(bare['samples.heatEntropy']).toBeNaN();
    expect(bare['samples.semanticEntropy']).toBe(0);
    expect(bare['others.agreeSamples']).toBeNaN();
  });
});

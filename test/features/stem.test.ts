import { describe, expect, it } from 'vitest';
import { scanWords } from '../../features/words/scan.js';
import { stemsOf } from '../../features/words/stem.js';
import { Words } from '../../features/words/words.js';
import { signalsOf } from './signals-of.js';

function stem(text: string): number {
  const words = new Words();
  scanWords(text, words);
  expect(words.n).toBe(1);
  return stemsOf(words, text, new Int32Array(8))[0];
}

describe('stemsOf', () => {
  it.each([
    ['carburettor', 'Carburetors', true],
    ['anchovy', 'anchovies', true],
    ['Velázquez', 'velasquez', true],
    ['Москва', 'Москвы', true],
    ['Spain', 'Spanish', false],
    ['pear', 'pearl', false],
    ['pear', 'PEAR', true],
    ['19451', '19452', false],
    ["O'Brien", 'obriens', true],
  ])('%s and %s: %s', (a, b, equal) => {
    expect(stem(a) === stem(b)).toBe(equal);
  });

  it('lets spellings agree in the loose signals only', () => {
    const signals = signalsOf({
      prompt: 'What mixes air and fuel?',
      answer: 'Carburettor',
      samples: [{ answer: 'It is a carburetor.' }, { answer: 'The radiator' }],
    });
    expect(signals['samples.holdFresh']).toBe(0);
    expect(signals['samples.looseFresh']).toBe(0.5);
    expect(signals['samples.looseNames']).toBe(0.5);
    expect(signals['samples.looseF1Fresh']).toBe(0.5);
    expect(signals['samples.looseAmong']).toBe(0);
    // distinct words {carb}, {it, is, a, carb}, {the, radi}
    expect(signals['samples.looseF1']).toBeCloseTo((2 / 5 + 0) / 2, 12);
  });
});

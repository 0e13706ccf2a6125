import { describe, expect, it } from 'vitest';
import { makeView } from '../../features/view.js';
import { signalsOf } from './signals-of.js';

const prompt =
  'Which planet is known as the red planet?\nA) Venus\nB) the red planet Mars\nC) Jupiter and its moons\nAnswer with a letter.';

function optionsOf(text: string, answer: string): [number, number] {
  const view = makeView(0);
  view.load({ prompt: text, answer });
  return [view.options.n, view.options.chosen];
}

describe('the options of a prompt', () => {
  it('are found in their order, whatever marks them', () => {
    expect(optionsOf(prompt, 'B')).toEqual([3, 1]);
    expect(optionsOf('Pick one: (a) Oslo (b) Rome (c) Bern', '(c)')).toEqual([3, 2]);
    expect(optionsOf('Pick.\na. Oslo\nb. Rome', 'b')).toEqual([2, 1]);
    expect(optionsOf('Pick: A: Oslo B: Rome', 'A')).toEqual([2, 0]);
    expect(optionsOf('A) only one', 'A')).toEqual([0, -1]);
    expect(optionsOf('A dog and a cat. B.', 'B')).toEqual([0, -1]);
    expect(optionsOf('', 'A')).toEqual([0, -1]);
  });

  it('are chosen by letter, else as the only one whose words the answer holds', () => {
    expect(optionsOf(prompt, 'It is Venus.')).toEqual([3, 0]);
    expect(optionsOf(prompt, 'Venus, not the red planet Mars')).toEqual([3, -1]);
    expect(optionsOf(prompt, 'Saturn')).toEqual([3, -1]);
    expect(optionsOf(prompt, 'D')).toEqual([3, -1]);
  });

  it('give signals worked by hand', () => {
    const signals = signalsOf({ prompt, answer: 'B' });
    expect(signals['text.optionsListed']).toBe(3);
    expect(signals['text.optionPlace']).toBe(0.5);
    // 4 words against 1 and 4
    expect(signals['text.optionLength']).toBeCloseTo(Math.log(5 / 3.5), 12);
    // red and planet of red, planet, Mars stand in the question; of the others' words none
    expect(signals['text.optionEcho']).toBeCloseTo(2 / 3, 12);
    expect(signalsOf({ prompt, answer: 'Saturn' })['text.optionPlace']).toBeNaN();
    expect(signalsOf({ prompt: 'Who?', answer: 'B' })['text.optionsListed']).toBe(0);
  });
});

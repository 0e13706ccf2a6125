import { describe, expect, it } from 'vitest';
import { signalsOf } from './signals-of.js';

const ln = Math.log;

describe('choice signals, worked by hand', () => {
  it('knows the top, the chosen and the rest', () => {
    const signals = signalsOf({ answer: 'B', choices: { A: 0.5, B: 0.25, C: 0.125 } });
    const close = (name: string, value: number) => expect(signals[name], name).toBeCloseTo(value, 10);
    close('choices.count', 3);
    close('choices.index', 1);
    close('choices.top', 0.5);
    close('choices.top.logit', 0);
    close('choices.chosen', 0.25);
    close('choices.chosen.logit', ln(1 / 3));
    close('choices.choseTop', 0);
    close('choices.margin', 0.25);
    close('choices.chosenMargin', ln(0.5));
    close('choices.entropy', 0.5 * ln(2) + 0.25 * ln(4) + 2 * 0.125 * ln(8));
    close('text.optionIndex', 1);
  });

  it('takes what the answer names by word, letter or truth, else the likeliest', () => {
    const index = (answer: string, choices: Record<string, number>) => signalsOf({ answer, choices })['choices.index'];
    expect(index('Paris', { Oslo: 0.9, Paris: 0.1 })).toBe(1);
    expect(index('The answer is (b).', { A: 0.9, B: 0.1 })).toBe(1);
    expect(index('No, it is not.', { True: 0.9, False: 0.1 })).toBe(0);
    expect(index('who knows', { A: 0.1, B: 0.9 })).toBe(1);
  });

  it('tells sure ones apart by what is left', () => {
    const logit = (left: number) => signalsOf({ answer: 'A', choices: { A: 1, B: left } })['choices.top.logit'];
    expect(logit(1e-7) - logit(2e-7)).toBeCloseTo(ln(2), 2);
    expect(signalsOf({ answer: 'A', choices: { A: 1 } })['choices.top.logit']).toBeCloseTo(9 * ln(10), 10);
    expect(signalsOf({ answer: 'A', choices: {} })['choices.top']).toBeNaN();
  });
});

import { describe, expect, it } from 'vitest';
import { raterNotes } from '../../report/raters/notes.js';
import type { Rater, Raters } from '../../report/raters/raters.js';
import { raters as section } from '../../report/sections/raters.js';
import { fakeReport } from './fake-report.js';

const estimate = (value: number) => ({ value, low: value - 0.05, high: value + 0.05 });

const judge: Rater = {
  ...{ name: 'judge<b>', kind: 'verifier', rated: 300, right: 0.7 },
  people: {
    ...{ answers: 300, questions: 300, agree: 0.8, kappa: estimate(0.4), falseRight: 0.3, falseWrong: 0.1 },
    lengthBias: estimate(0.12),
  },
  ...{ orderGap: estimate(0.25), sensitivity: 0.9, specificity: 0.6 },
};
const person: Rater = { ...judge, name: 'Ann', kind: 'person', people: null, orderGap: null };
const found: Raters = {
  rows: [person, judge],
  together: [{ who: 'all', raters: 2, answers: 300, fleiss: estimate(0.41), alpha: estimate(0.42) }],
  model: { raters: 3, answers: 300, right: 0.65, differs: 17, iterations: 9, converged: true },
};

describe('the section on raters', () => {
  it('shows agreement, length, order and the model, with names escaped', () => {
    const drawn = section({ ...fakeReport(), raters: found });
    const text = drawn === null ? '' : drawn.markup;
    for (const shown of ['0.40', '80.0%', '30.0%', '+12.0 pp', '0.25', '0.41', '0.42', '90.0%', '60.0%'])
      expect(text).toContain(shown);
    expect(text).toContain('1 person or group of people, 1 verifier rated these answers.');
    expect(text).toContain('(converged after 9 steps), 65.0% of 300 answers are right; for 17 answers it contradicts');
    expect(text).not.toContain('judge<b>');
  });

  it('is not there without raters', () => {
    expect(section(fakeReport())).toBeNull();
    expect(raterNotes(undefined)).toEqual([]);
  });

  it('notes a kappa that is moderate at most, a length bias, and a model that did not converge', () => {
    expect(raterNotes(found)).toEqual([
      'judge<b> agrees with people on 80.0% of 300 answers, but agreement by chance is part of that: ' +
        "Cohen's kappa is 0.40 (95% interval: 0.35 to 0.45).",
      'judge<b> scores longer answers higher at equal truth: the longer half differs by +12.0 pp ' +
        '(95% interval: +7.0 pp to +17.0 pp).',
    ]);
    const good = { ...judge.people!, kappa: estimate(0.8), lengthBias: estimate(0.01) };
    const open = { ...found, rows: [{ ...judge, people: good }], model: { ...found.model!, converged: false } };
    expect(raterNotes(open)).toEqual(["Dawid and Skene's model did not converge in 9 steps."]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { random } from '../../../support/random.js';
import type { Candidate } from '../../../train/best-of/askings/candidate.js';
import { countsFor } from '../../../train/best-of/askings/counts.js';
import type { View } from '../../../train/best-of/askings/view.js';
import { byQuestion } from '../../../train/best-of/by-question.js';
import { frozenPolicy } from '../../../train/best-of/freeze.js';
import { columnsIn, distributionOf, fitJoint, truthOf } from '../../../train/best-of/joint.js';
import { measureOf } from '../../../train/best-of/measure.js';
import type { Outcomes } from '../../../train/best-of/outcome.js';
import { foldSplits } from '../../../train/best-of/parts.js';
import { FIRST } from '../../../train/best-of/policies.js';
import { chosenBy, type Policy } from '../../../train/best-of/policy.js';
import { populationOf } from './population.js';

function view(meaning: number[], probability: number[] = meaning.map(() => Number.NaN), tokens = Number.NaN): View {
  return {
    candidates: meaning.map(() => ({ tokens }) as Candidate),
    meaning: Int32Array.from(meaning),
    meanings: Math.max(...meaning) + 1,
    probability: Float64Array.from(probability),
    cost: { prompt: 0, completion: 0 },
  };
}

describe('the joint probability', () => {
  it('adds up to 1 over all answers and none of them, whatever the weights', () => {
    const weight = fc.double({ min: -30, max: 30, noNaN: true });
    const answers = fc.array(fc.tuple(fc.nat(5), fc.double({ min: 0, max: 1, noNaN: true })), {
      minLength: 1,
      maxLength: 9,
    });
    fc.assert(
      fc.property(fc.array(weight, { minLength: 5, maxLength: 5 }), answers, (weights, drawn) => {
        const order = [...new Set(drawn.map(([m]) => m))];
        const found = distributionOf(
          { columns: ['votes', 'bundle', 'first'], centre: [0.3, -0.2, 0.5], weights },
          view(
            drawn.map(([m]) => order.indexOf(m)),
            drawn.map(([, p]) => p),
          ),
        );
        const sum = found.answers.reduce((all, p) => all + p, found.none);
        expect(sum).toBeCloseTo(1, 12);
        expect(Math.min(found.none, ...found.answers)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('by hand: logits of votes, probability and the first answer', () => {
    // two answers: two votes of three with probabilities .5 and .9, and one vote with .2
    const weights = [1, 0.5, 2, -1, 0.25];
    const joint = { columns: ['votes', 'bundle', 'first'] as const, centre: [0.1, 0, 0.4], weights };
    const found = distributionOf(joint, view([0, 1, 0], [0.5, 0.2, 0.9]));
    const u1 = Math.log(2.5 / 1.5) - 0.1 + 0.5 * Math.log(0.7 / 0.3) + 2 * (1 - 0.4);
    const u2 = Math.log(1.5 / 2.5) - 0.1 + 0.5 * Math.log(0.2 / 0.8) + 2 * (0 - 0.4);
    const u0 = -1 + 0.25 * Math.log(2);
    const total = Math.exp(u0) + Math.exp(u1) + Math.exp(u2);
    expect(found.none).toBeCloseTo(Math.exp(u0) / total, 12);
    expect(found.answers[0]).toBeCloseTo(Math.exp(u1) / total, 12);
    expect(found.answers[1]).toBeCloseTo(Math.exp(u2) / total, 12);
  });

  it('is fitted by likelihood: a single answer gets the share of right ones, and a fit is a maximum', () => {
    // one candidate each, 30 of 100 right: with the constant free of penalty, P(none) is exactly .7
    const views = Array.from({ length: 100 }, () => view([0]));
    const truths = views.map((_, i) => truthOf(Float64Array.of(i < 30 ? 1 : 0)));
    const joint = fitJoint(views, truths, { columns: ['votes'], weight: new Float64Array(100).fill(1) });
    expect(distributionOf(joint, views[0]).none).toBeCloseTo(0.7, 6);
  });

  it('several right answers share the truth, and a truth of a half leaves a half', () => {
    expect(truthOf(Float64Array.of(1, 1, 0))).toEqual({ answers: Float64Array.of(0.5, 0.5, 0), none: 0 });
    expect(truthOf(Float64Array.of(0.5, 0))).toEqual({ answers: Float64Array.of(0.5, 0), none: 0.5 });
  });

  it('reads only what every view has', () => {
    expect(columnsIn([view([0, 1], [0.2, 0.3]), view([0])])).toEqual(['votes', 'first']);
    expect(columnsIn([view([0, 1], [0.2, 0.3], 0.5)])).toEqual(['votes', 'bundle', 'tokens', 'first']);
  });

  it('is calibrated on other questions of a simulated population', () => {
    const { policies, group, rows } = populationOf(1000, random('calibrated'));
    const splits = foldSplits(group, rows, random('folds'));
    const measure = measureOf(policies, { splits, group, counted: 'all', resamples: 50, random: random('b') });
    const first = measure.quality(FIRST).accuracy.value as number;
    for (const policy of policies.keys()) {
      const { joint, eceDebiased, accuracy, gain, tokens } = measure.quality(policy);
      expect(joint.eceDebiased.value).toBeLessThan(0.04);
      expect(eceDebiased.value).toBeLessThan(0.07);
      expect(tokens).toBe(25 * policy.of);
      expect(gain.value).toBeCloseTo((accuracy.value as number) - first, 12);
    }
    const at = (method: string, of: number) =>
      measure.quality([...policies.keys()].find((p) => p.method === method && p.of === of) as Policy);
    // the bundle's probability knows more than votes do
    expect(at('best', 4).gain.low).toBeGreaterThan(0.02);
    expect(at('joint', 4).accuracy.value).toBeGreaterThan(at('vote', 4).accuracy.value as number);
    const { gain, gainPerThousand, tokensPerRight } = at('best', 4);
    expect(gainPerThousand?.value).toBeCloseTo((1000 * (gain.value as number)) / 75, 10);
    expect(tokensPerRight?.value).toBeCloseTo(75 / (gain.value as number), 8);
    expect(tokensPerRight?.low).toBeCloseTo(75 / (gain.high as number), 8);
  });
});

describe('methods', () => {
  const distribution = { answers: Float64Array.of(0.2, 0.5, 0.1), none: 0.2 };
  const given = view([0, 1, 0, 2], [0.4, 0.5, 0.45, 0.6]);

  it('choose the first, the majority, the heaviest group, the best candidate, the most probable answer', () => {
    expect(chosenBy('first', given, distribution)).toBe(0);
    expect(chosenBy('vote', given, distribution)).toBe(0);
    expect(chosenBy('weighted', given, distribution)).toBe(2); // .85 against .5 and .6; the surest of its group
    expect(chosenBy('best', given, distribution)).toBe(3);
    expect(chosenBy('joint', given, distribution)).toBe(1);
  });

  it('revision takes what collect chose', () => {
    const candidates = [0, 1].map((i) => ({ tokens: Number.NaN, isChosen: i === 1 }) as Candidate);
    expect(chosenBy('revision', { ...view([0, 1], [0.9, 0.1]), candidates }, distribution)).toBe(1);
  });

  it('numbers of answers: a grid up to what nine in ten prompts have', () => {
    expect(countsFor([6, 6, 6, 6, 6, 6, 6, 6, 6, 4])).toEqual([1, 2, 3, 5, 6]);
    expect(countsFor([6, 6, 6, 6, 6, 6, 6, 6, 4, 4])).toEqual([1, 2, 3, 4]);
    expect(countsFor([1, 1])).toEqual([1]);
  });
});

describe('what is frozen', () => {
  const outcomes = (grade: number[]): Outcomes => {
    const none = new Float64Array(grade.length);
    return {
      ...{ grade: Float64Array.from(grade), probability: none, promptTokens: none, completionTokens: none },
      weight: Float64Array.from(grade).fill(1),
    };
  };
  const group = Int32Array.from({ length: 100 }, (_, i) => i);
  const trial = (of: number, wrong: number) => ({
    policy: { method: of === 1 ? 'first' : 'vote', of } as Policy,
    outcomes: outcomes(Array.from({ length: 100 }, (_, i) => (i < wrong ? 0 : 1))),
    tokens: 10 * of,
  });

  it('the cheapest within one standard error of the best', () => {
    // one in 100 better: the paired standard error is √(.01 · .99 / 100) = .00995, so .01 is beyond it
    expect(frozenPolicy([trial(1, 40), trial(3, 39)], group).of).toBe(3);
    expect(frozenPolicy([trial(1, 40), trial(3, 40), trial(5, 40)], group).of).toBe(1);
    expect(frozenPolicy([trial(1, 60), trial(3, 40), trial(5, 39)], group).of).toBe(5);
    expect(frozenPolicy([trial(3, 40), trial(1, 41)], group).of).toBe(3);
  });

  it('a question counts once, however many wordings it has', () => {
    expect([...byQuestion(Float64Array.of(1, 0, 1), Int32Array.of(7, 7, 3), new Float64Array(3).fill(1))]).toEqual([
      0.5, 1,
    ]);
  });
});

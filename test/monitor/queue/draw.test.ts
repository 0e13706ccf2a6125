import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ScoredAnswer } from '../../../monitor/answer.js';
import { calibrationGain, chancesFor, promiseGain } from '../../../monitor/queue/chances.js';
import { drawLabels, drawnElsewhere, REST } from '../../../monitor/queue/draw.js';
import { random } from '../../../support/random.js';

const answer = (id: string, claim: string | null, probability = 0.9, label: number | null = null): ScoredAnswer => ({
  ...{ id, question: id, time: null, model: 'm', task: null, probability, claim, label },
  numbers: new Float32Array(0),
  categories: [],
});
const how = { alphaOf: () => 0.1, due: 5 };

describe('chancesFor', () => {
  it('is proportional to the gain, with the floor and 1 as limits', () => {
    const chances = chancesFor({ gains: [1, 2, 4], labels: 1.4, floor: 0.1 });
    expect([...chances].map((x) => Number(x.toFixed(9)))).toEqual([0.2, 0.4, 0.8]);
    expect([...chancesFor({ gains: [1, 1], labels: 2, floor: 0.1 })]).toEqual([1, 1]);
  });

  it('adds up to the number of labels, within the limits', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.01, max: 5, noNaN: true }), { minLength: 2, maxLength: 50 }),
        fc.double({ min: 0.1, max: 0.9, noNaN: true }),
        (gains, share) => {
          const labels = share * gains.length;
          const chances = chancesFor({ gains, labels, floor: 0.1 });
          expect(chances.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(labels, 6);
          for (const chance of chances) expect(chance >= 0.1 && chance <= 1).toBe(true);
        },
      ),
    );
  });
});

describe('gains', () => {
  it('are the deviations of error − α and of right or wrong', () => {
    expect(promiseGain(0.5, 0.1)).toBeCloseTo(Math.sqrt(0.5 * 0.81 + 0.5 * 0.01), 12);
    expect(calibrationGain(0.5)).toBe(0.5);
    expect(calibrationGain(1)).toBeCloseTo(Math.sqrt(0.99 * 0.01), 12);
  });
});

describe('drawLabels', () => {
  it('draws about as many as wanted, one per question, ranked by gain', () => {
    const questions = Array.from({ length: 400 }, (_, i) => [
      answer(`a${i}`, 'c', 0.5 + i / 1000),
      answer(`b${i}`, null),
    ]);
    const counts = Array.from({ length: 60 }, (_, seed) => {
      const { rows, drawn, undrawn } = drawLabels(questions, { ...how, labels: 40, floor: 0.1, random: random(seed) });
      expect(rows.every(({ id, claim }) => id.startsWith('a') && claim === 'c')).toBe(true);
      expect(rows.map(({ rank }) => rank)).toEqual(rows.map((_, i) => i + 1));
      for (let i = 1; i < rows.length; i++) expect(rows[i].gain).toBeLessThanOrEqual(rows[i - 1].gain);
      for (const { chance } of rows) expect(chance).toBeGreaterThanOrEqual(0.1);
      expect(drawn.get('c')!.length + undrawn.get('c')!.length).toBe(160); // four per wanted label
      return rows.length;
    });
    expect(counts.reduce((a, b) => a + b) / 60).toBeCloseTo(40, -0.5);
  });

  it('says for how many answers a row stands: on average, together for all that could be drawn', () => {
    const questions = [
      ...Array.from({ length: 300 }, (_, i) => [answer(`a${i}`, 'c', 0.5 + i / 700), answer(`b${i}`, 'c', 0.95)]),
      ...Array.from({ length: 100 }, (_, i) => [answer(`r${i}`, null, 0.3)]),
    ];
    const sums = { accepted: 0, rest: 0 };
    const rounds = 200;
    for (let seed = 0; seed < rounds; seed++) {
      const { rows } = drawLabels(questions, { ...how, labels: 40, floor: 0.1, random: random(seed) });
      for (const { claim, standsFor, chance } of rows) {
        expect(standsFor).toBeGreaterThanOrEqual(1 / chance);
        sums[claim === null ? 'rest' : 'accepted'] += standsFor / rounds;
      }
    }
    expect(sums.accepted / 600).toBeCloseTo(1, 1); // two answers to each of 300 questions
    expect(sums.rest / 100).toBeCloseTo(1, 1);
  });

  it('gives a fifth to answers that no claim accepted', () => {
    const questions = [
      ...Array.from({ length: 50 }, (_, i) => [answer(`a${i}`, 'c')]),
      ...Array.from({ length: 20 }, (_, i) => [answer(`r${i}`, null, 0.5)]),
    ];
    const { drawn, rows } = drawLabels(questions, { ...how, labels: 100, floor: 0.5, random: random(1) });
    expect(rows).toHaveLength(70); // fewer than wanted, so all, with chance 1
    expect(drawn.get(REST)).toHaveLength(20);
    expect(drawn.get('c')![0]).toMatchObject({
      answers: 1,
      due: 5,
      slice: 'm · –',
      draws: [{ chance: 1, label: null }],
    });
  });
});

describe('drawnElsewhere', () => {
  it('takes labels as drawn, and with chance 1 missing ones as not arrived', () => {
    const questions = [[answer('a', 'c', 0.9, 1), answer('b', 'c', 0.7)], [answer('r', null, 0.5)]];
    const half = drawnElsewhere(questions, { chance: 0.5, due: 1 });
    expect(half.drawn.get('c')![0]).toMatchObject({ answers: 2, draws: [{ id: 'a', chance: 0.5, label: 1 }] });
    expect(half.drawn.get('c')![0].expected).toBeCloseTo(0.2, 12);
    expect(half.undrawn.get(REST)).toEqual([0.5]);
    expect(drawnElsewhere(questions, { chance: 1, due: 1 }).drawn.get('c')![0].draws).toHaveLength(2);
  });
});

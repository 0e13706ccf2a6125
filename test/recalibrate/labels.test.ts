import { describe, expect, it } from 'vitest';
import { effectiveNumber } from '../../metrics/interval/effective-number.js';
import { logit, sigmoid } from '../../models/numbers.js';
import { chancesIn } from '../../recalibrate/labels/chances-in.js';
import { type Population, propensities } from '../../recalibrate/labels/propensity.js';
import { usedRows, weighed } from '../../recalibrate/labels/weighed.js';
import { freshParts } from '../../recalibrate/parts.js';
import { recalibrateRules } from '../../recalibrate/rules.js';
import { random } from '../../support/random.js';
import { errorOf, temporary } from '../data/temporary.js';
import { madeAnswers } from '../support/answers.js';
import { dataOf } from '../support/trained.js';

const { put } = temporary();
const data = dataOf(madeAnswers(100));
const drawnFrom = (ids: readonly string[], chance: number) => new Map(ids.map((id) => [id, { value: 1, chance }]));
const groupsOf = (rows: Iterable<number>, of: { groups: string[] }) => new Set([...rows].map((row) => of.groups[row]));

describe('weights of labels', () => {
  it('are one over the chance; a drawn label replaces feedback', () => {
    const [first, second, third] = data.ids;
    const chances = new Map([[second, 0.25]]);
    const { data: made, isDrawn } = weighed(data, { drawn: drawnFrom([first], 0.1), chances, missing: 0, clipped: 0 });
    expect(made.w[0]).toBeCloseTo(data.w[0] / 0.1, 12);
    expect(made.w[1]).toBeCloseTo(data.w[1] / 0.25, 12);
    expect(made.w[2]).toBe(data.w[2]);
    expect([made.y[0], made.y[1], made.y[2]]).toEqual([1, data.y[1], data.y[2]]);
    expect([first, second, third].map((id) => isDrawn[data.ids.indexOf(id)])).toEqual([true, false, false]);
  });

  it('estimate the share of right answers without bias although chances depend on the outcome', () => {
    const draw = random('outcome');
    let [weighted, plain] = [0, 0];
    const rounds = 400;
    for (let r = 0; r < rounds; r++) {
      const sums = { weight: 0, right: 0, n: 0, seen: 0 };
      for (let i = 0; i < 200; i++) {
        const y = draw.next() < 0.7 ? 1 : 0;
        const chance = y === 1 ? 0.2 : 0.8;
        if (draw.next() >= chance) continue;
        sums.weight += 1 / chance;
        sums.right += y / chance;
        sums.n++;
        sums.seen += y;
      }
      weighted += sums.right / sums.weight / rounds;
      plain += sums.seen / sums.n / rounds;
    }
    expect(Math.abs(weighted - 0.7)).toBeLessThan(0.01);
    expect(plain).toBeLessThan(0.42); // .7·.2 / (.7·.2 + .3·.8) = .368
  });

  it('are scaled to their effective number: (Σ w)² / Σ w²', () => {
    expect(effectiveNumber([1, 1, 1, 1])).toBe(4);
    expect(effectiveNumber([3, 1])).toBeCloseTo(1.6, 12);
    const heavy = { ...data, w: data.w.map((_, i) => (i === 0 ? 10 : 1)) };
    const used = usedRows(heavy, Int32Array.of(0, 1, 2));
    expect(used.w.reduce((sum, w) => sum + w, 0)).toBeCloseTo(144 / 102, 12);
    expect(used.w[0] / used.w[1]).toBeCloseTo(10, 12);
  });
});

describe('estimated chances of feedback', () => {
  it('find what decides: the logit of the probability and the task', () => {
    const draw = random('propensity');
    const population: Population = { ids: [], probability: [], isAccepted: [], model: [], task: [], isLabelled: [] };
    const truth: number[] = [];
    for (let i = 0; i < 6000; i++) {
      const p = 0.05 + 0.9 * draw.next();
      const task = draw.next() < 0.5 ? 'sums' : 'facts';
      const chance = sigmoid(-1 - 0.8 * logit(p) + (task === 'sums' ? 1 : 0));
      truth.push(chance);
      population.ids.push(`a${i}`);
      population.probability.push(p);
      population.isAccepted.push(p > 0.8);
      population.model.push('one');
      population.task.push(task);
      population.isLabelled.push(draw.next() < chance);
    }
    const { chances, clipped } = propensities(population, 0.02);
    const error = truth.reduce((sum, chance, i) => sum + Math.abs(chances.get(`a${i}`)! - chance) / truth.length, 0);
    expect(error).toBeLessThan(0.02);
    expect(clipped).toBe(0);
    const least = propensities(population, 0.3);
    expect(Math.min(...least.chances.values())).toBe(0.3);
    expect(least.clipped).toBeGreaterThan(0);
  });
});

describe('the chances in a file of labels', () => {
  it('are 1 / standsFor, else chance; a file without them has none', async () => {
    const csv = put('queue.csv', "id,chance,standsFor,label\n'001,0.5,4,1\nb,0.25,,0\nc,,,1\n");
    expect(await chancesIn(csv)).toEqual(
      new Map([
        ['001', 0.25],
        ['b', 0.25],
      ]),
    );
    expect(await chancesIn(put('thumbs.jsonl', '{"id":"a","label":1}\n'))).toBeNull();
  });

  it.each(['0', '1.5', '-1', 'often'])('refuses the chance %s', async (chance) => {
    const error = await errorOf(chancesIn(put(`bad${chance}.csv`, `id,chance,label\na,${chance},1\n`)));
    expect(error).toMatchObject({ code: 'BAD_LABEL', line: 2, field: 'chance' });
  });
});

describe('parts', () => {
  const parts = (drawn: readonly string[]) =>
    freshParts(
      weighed(data, { drawn: drawnFrom(drawn, 0.5), chances: null, missing: 0, clipped: 0 }),
      recalibrateRules({}),
      random('parts'),
    );
  const ofQuestions = (n: number) => data.ids.filter((_, row) => data.group[row] < n);

  it('use drawn labels alone if there are enough, and no question is in two parts', () => {
    const { use, data: used, parts: own } = parts(ofQuestions(60));
    expect([use, used.groupCount]).toEqual(['drawn', 60]);
    const [fit, held] = [groupsOf([...own.fit].map(Number), used), groupsOf(own.certify, used)];
    expect([fit.size, held.size]).toEqual([30, 30]);
    expect([...fit].filter((group) => held.has(group))).toEqual([]);
  });

  it('let feedback fit and drawn labels judge with fewer', () => {
    const { use, data: used, parts: own } = parts(ofQuestions(40));
    expect(use).toBe('mixed');
    expect(groupsOf(own.certify, used).size).toBe(40);
    expect(groupsOf(own.fit, used).size).toBe(60);
    expect([...groupsOf(own.fit, used)].filter((group) => groupsOf(own.certify, used).has(group))).toEqual([]);
  });

  it('split feedback without enough drawn labels, and refuse fewer questions with the number that is missing', () => {
    expect(parts([]).use).toBe('feedback');
    const few = dataOf(madeAnswers(45));
    const given = weighed(few, { drawn: drawnFrom(few.ids, 1), chances: null, missing: 0, clipped: 0 });
    expect(() => freshParts(given, recalibrateRules({}), random(1))).toThrow(/at least 60 questions.*45 with drawn/s);
    expect(() => freshParts(given, recalibrateRules({}), random(1))).toThrow(/Label 15 more questions/);
  });
});

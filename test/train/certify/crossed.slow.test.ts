import { describe, expect, it } from 'vitest';
import { random } from '../../../support/random.js';
import { type CrossedAnswers, certifyCrossed, ENOUGH, thresholdAt } from '../../../train/certify/crossed.js';

const wanted = {
  alpha: 0.1,
  delta: 0.05,
  floor: 0,
  shares: { certifyShare: 1, certifyShareSmall: 1, smallGroups: 600, groups: 1000 },
};

/** Questions of one answer each whose score is uniform and whose chance of being right is given by it; five folds. */
function kindOf(questions: number, chance: (score: number) => number, seed: string): CrossedAnswers {
  const draw = random(seed);
  const score = Float64Array.from({ length: questions }, () => draw.next());
  const label = score.map((p) => (draw.next() < chance(p) ? 1 : 0));
  const at = (places: number[]) => ({
    probability: Float64Array.from(places, (i) => score[i]),
    label: Float64Array.from(places, (i) => label[i]),
    group: Int32Array.from(places),
  });
  const all = Array.from({ length: questions }, (_, i) => i);
  const folds = [0, 1, 2, 3, 4].map((k) => ({
    before: at(all.filter((i) => i % 5 !== k)),
    heldOut: at(all.filter((i) => i % 5 === k)),
  }));
  return { folds, shipped: at(all) };
}

describe('thresholdAt', () => {
  const values = Float64Array.of(0.9, 0.1, 0.7, 0.7, 0.5);

  it('lies halfway below the last value accepted', () => {
    expect(thresholdAt(values, 0.2)).toBeCloseTo(0.8, 12);
    expect(thresholdAt(values, 0.6)).toBeCloseTo(0.6, 12);
    expect(thresholdAt(values, 1)).toBe(0);
  });

  it('accepts fewer, never more, where values tie, and nothing where even the highest are too many', () => {
    expect(thresholdAt(values, 0.4)).toBeCloseTo(0.8, 12);
    expect(thresholdAt(Float64Array.of(0.5, 0.5, 0.5), 0.4)).toBe(null);
    expect(thresholdAt(values, 0)).toBe(null);
  });
});

describe('certifyCrossed', () => {
  // error rate at or above score t: (1 − t)² / 3, so that at most .1 are wrong from .452 up
  const honest = (p: number) => 1 - (1 - p) ** 2;

  it('certifies close below what could be accepted, and the shipped threshold accepts the share that was tested', () => {
    const kind = kindOf(4000, honest, 'honest');
    const { certified, n, groups, advice } = certifyCrossed(kind, wanted, random('x'));
    expect([n, groups, advice]).toEqual([4000, 4000, null]);
    expect(certified!.threshold).toBeGreaterThan(0.452);
    expect(certified!.threshold).toBeLessThan(0.52);
    expect(certified!.error).toBeLessThan(0.1);
    const accepted = kind.shipped.probability.filter((p) => p >= certified!.threshold).length;
    expect(accepted / 4000).toBeCloseTo(certified!.coverage, 3);
    expect(certified!.acceptedGroups * wanted.alpha).toBeGreaterThanOrEqual(ENOUGH);
  });

  it('certifies nothing where every answer is wrong as often', () => {
    const { certified, advice, curve } = certifyCrossed(
      kindOf(2000, () => 0.7, 'flat'),
      wanted,
      random('x'),
    );
    expect(certified).toBe(null);
    expect(advice).toContain('No threshold could be certified for at most 10% errors');
    expect(curve.filter(({ alpha, threshold }) => alpha < 0.3 && threshold !== null)).toEqual([]);
  });

  it('a test on too few accepted questions is left to betting on one fold', () => {
    // 90 questions: never 100 accepted; the 18 of a fold are too few to bet on, even if all are right
    expect(
      certifyCrossed(
        kindOf(90, () => 1, 'few'),
        wanted,
        random('x'),
      ).certified,
    ).toBe(null);
    // nor are the 30 of a fold where α = .06
    const found = certifyCrossed(
      kindOf(150, () => 1, 'some'),
      { ...wanted, alpha: 0.06 },
      random('x'),
    ).certified;
    expect(found).toBe(null); // 48 it takes at .06
    const more = certifyCrossed(
      kindOf(160, () => 1, 'more'),
      { ...wanted, alpha: 0.062 },
      random('x'),
    ).certified;
    expect(more).toBe(null);
    // 150 are enough for the test of all at α = .1
    const all = certifyCrossed(
      kindOf(150, () => 1, 'some'),
      { ...wanted, alpha: 0.1 },
      random('x'),
    ).certified;
    expect(all).not.toBe(null);
    expect(all!.method).toBe(undefined);
    // 95 are not; with less confidence asked for, the 19 of a fold do: ln .2 / ln .9 = 15.3
    const one = certifyCrossed(
      kindOf(95, () => 1, 'few'),
      { ...wanted, alpha: 0.1, delta: 0.2 },
      random('x'),
    ).certified;
    expect(one!.acceptedGroups).toBe(19);
    expect(one!.method).toContain('betting on the answers of one fold alone');
  });

  it('breaks its promise in no more draws than δ allows', () => {
    let [broken, certified] = [0, 0];
    for (let k = 0; k < 60; k++) {
      const found = certifyCrossed(kindOf(600, honest, `draw ${k}`), wanted, random(`${k}`)).certified;
      if (found === null) continue;
      certified++;
      if ((1 - found.threshold) ** 2 / 3 > wanted.alpha) broken++;
    }
    expect(certified).toBeGreaterThan(30);
    // P(more than 8 of 60 | .05 each) < .006
    expect(broken).toBeLessThanOrEqual(8);
  });

  it('says what more labels would buy: no less than now', () => {
    const { buys } = certifyCrossed(kindOf(600, honest, 'buys'), wanted, random('x'));
    const points = buys();
    expect(points.map(({ questions }) => questions)).toEqual([150, 300, 600, 1200, 2400, 4800]);
    expect(points[0].coverage).toBeLessThan(points[5].coverage);
    for (let k = 1; k < points.length; k++) expect(points[k].coverage).toBeGreaterThanOrEqual(points[k - 1].coverage);
    expect(points[5].coverage).toBeGreaterThan(0.45);
    expect(points[5].coverage).toBeLessThan(0.6);
  });
});

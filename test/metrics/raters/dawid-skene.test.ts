import { describe, expect, it } from 'vitest';
import { dawidSkene } from '../../../metrics/raters/dawid-skene.js';
import type { Rated } from '../../../metrics/raters/rated.js';
import { random } from '../../../support/random.js';

/** The classes (1 to 4) that five observers gave to 45 patients, observer 1 three times; as in Dawid & Skene 1979. */
const patients = [
  '111 1 1 1 1',
  '333 4 3 3 4',
  '112 2 1 2 2',
  '222 3 1 2 1',
  '222 3 2 2 2',
  '222 3 3 2 2',
  '122 2 1 1 1',
  '333 3 4 3 3',
  '222 2 2 2 3',
  '232 2 2 2 3',
  '444 4 4 4 4',
  '222 3 3 4 3',
  '111 1 1 1 1',
  '222 3 2 1 2',
  '121 1 1 1 1',
  '111 2 1 1 1',
  '111 1 1 1 1',
  '111 1 1 1 1',
  '222 2 2 2 1',
  '222 1 3 2 2',
  '222 2 2 2 2',
  '222 2 2 2 1',
  '222 3 2 2 2',
  '221 2 2 2 2',
  '111 1 1 1 1',
  '111 1 1 1 1',
  '232 2 2 2 2',
  '111 1 1 1 1',
  '111 1 1 1 1',
  '112 1 1 2 1',
  '111 1 1 1 1',
  '333 3 2 3 3',
  '111 1 1 1 1',
  '222 2 2 2 2',
  '222 3 2 3 2',
  '433 4 3 4 3',
  '221 2 2 3 2',
  '232 3 2 3 3',
  '333 3 4 3 2',
  '111 1 1 1 1',
  '111 1 1 1 1',
  '121 2 1 1 1',
  '232 2 2 2 2',
  '121 1 1 1 1',
  '222 2 2 2 2',
];

function rated(lines: readonly string[], classes: number): Rated {
  const all = lines.flatMap((line, item) =>
    line.split(' ').flatMap((said, rater) => [...said].map((digit) => ({ item, rater, value: Number(digit) - 1 }))),
  );
  return {
    item: Int32Array.from(all, ({ item }) => item),
    rater: Int32Array.from(all, ({ rater }) => rater),
    value: Int32Array.from(all, ({ value }) => value),
    ...{ items: lines.length, raters: lines[0].split(' ').length, classes },
  };
}

describe('dawidSkene', () => {
  it('agrees with crowd-kit 1.4.2 (150 iterations) on the 45 patients of Dawid & Skene 1979', () => {
    const { prior, posterior, confusion, converged } = dawidSkene(rated(patients, 4), { tolerance: 1e-14 });
    expect(converged).toBe(true);
    const crowdkit = [0.39955475288268, 0.4219833919144738, 0.111795188536141, 0.06666666666670519];
    crowdkit.forEach((value, j) => {
      expect(prior[j]).toBeCloseTo(value, 9);
    });
    // as the paper prints them, to two decimals
    expect(Array.from(prior, (p) => Number(p.toFixed(2)))).toEqual([0.4, 0.42, 0.11, 0.07]);
    const ofPatient = (i: number) => Array.from(posterior.subarray(4 * i, 4 * i + 4));
    const close = (got: number[], wanted: number[]) =>
      wanted.forEach((value, j) => {
        expect(got[j]).toBeCloseTo(value, 6);
      });
    close(ofPatient(2), [0, 1, 0, 0]);
    close(ofPatient(11), [0, 0, 1, 0]);
    close(ofPatient(37), [0, 0.021200484180610026, 0.97879951581939, 0]);
    const row = (rater: number, j: number) =>
      Array.from(confusion.subarray((rater * 4 + j) * 4, (rater * 4 + j) * 4 + 4));
    close(row(0, 0), [0.8894883486824564, 0.11051165131383581, 0, 0]);
    close(row(0, 1), [0.07058545052884474, 0.8763799368395292, 0.05303461262987072, 0]);
    close(row(2, 2), [0, 0.40367141431024195, 0.19877619521835005, 0.39755239045153046]);
    close(row(4, 1), [0.15903923014523122, 0.7345204926797, 0.10644027716980271, 0]);
  });

  it('finds the truth and the raters that drew the labels, and knows a rater who answers at random', () => {
    const draw = random('dawid-skene').fork('raters');
    const right = [0.9, 0.8, 0.7, 0.5]; // of both classes
    const truth = Array.from({ length: 4000 }, () => (draw.next() < 0.3 ? 1 : 2));
    const lines = truth.map((value) => right.map((p) => (draw.next() < p ? value : 3 - value)).join(' '));
    const { prior, confusion, posterior } = dawidSkene(rated(lines, 2));
    expect(prior[0]).toBeCloseTo(0.3, 1);
    right.forEach((p, rater) => {
      expect(Math.abs(confusion[rater * 4] - p)).toBeLessThan(0.06);
      expect(Math.abs(confusion[rater * 4 + 3] - p)).toBeLessThan(0.06);
    });
    const said = truth.filter((value, i) => (posterior[2 * i] > 0.5 ? 1 : 2) === value).length / truth.length;
    expect(said).toBeGreaterThan(0.89); // a mean of votes reaches .81
  });

  it('never lowers the likelihood, leaves posteriors that sum to 1, and says when it stopped early', () => {
    const data = rated(patients, 4);
    const likelihoods = [1, 2, 3, 5, 10, 50].map((most) => dawidSkene(data, { most }).logLikelihood);
    for (let i = 1; i < likelihoods.length; i++) expect(likelihoods[i]).toBeGreaterThanOrEqual(likelihoods[i - 1]);
    const { posterior, converged, iterations } = dawidSkene(data, { most: 3 });
    expect([converged, iterations]).toEqual([false, 3]);
    for (let i = 0; i < 45; i++) {
      expect(posterior.subarray(4 * i, 4 * i + 4).reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
    }
  });

  it('gives an item without ratings the prior, and a rater without ratings NaN', () => {
    const data = { ...rated(['1 1', '1 1', '2 2'], 2), items: 4, raters: 3 };
    const { posterior, prior, confusion } = dawidSkene(data);
    expect(posterior[6]).toBeCloseTo(prior[0], 6);
    expect(Number.isNaN(confusion[8])).toBe(true);
  });
});

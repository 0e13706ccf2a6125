import { describe, expect, it } from 'vitest';
import { drawQuestions, kinds, makePopulation } from '../../../bench/certify-population.js';
import { advised } from '../../../bench/certify-trials.js';
import { random } from '../../../support/random.js';
import { advice } from '../../../train/certify/advice.js';

const population = makePopulation(kinds[2], 4000, random('instead'));
const fit = drawQuestions(population, 800, random('fit'));

describe('advice', () => {
  const shares = { certifyShare: 0.2, certifyShareSmall: 0.3, smallGroups: 600 };
  const wanted = (questions: number) => ({
    alpha: 0.05,
    delta: 0.05,
    floor: 0,
    shares: { ...shares, groups: questions },
    labelled: 840,
  });
  const none = { alpha: 0.05, coverage: 0, threshold: null, indication: false };

  it('says the least it takes, how many labels would do as an estimate, and what can be promised instead', () => {
    const few = drawQuestions(population, 40, random('few'));
    const point = { alpha: 0.15, coverage: 0.3125, threshold: 0.9, indication: false };
    const text = advice(fit, few, [none, point], wanted(840));
    expect(text).toContain(
      'No threshold could be certified for at most 5% errors with 95% confidence on 40 questions.',
    );
    expect(text).toContain('That needs at least 59 accepted questions, even if all are right.');
    expect(text).toMatch(
      /about [\d,]+ labelled questions \([\d,]+ more than the present 840\) would certify [\d.]+% of the answers, with a chance of four in five\./,
    );
    expect(text).toContain('What can be promised instead: at most 15% errors with 31.3% of the answers accepted.');
  });

  it('numbers that would do: sets of the size advised pass in about four of five draws or more', () => {
    const found = advised(population, { questions: 400, alpha: 0.1, draws: 24, again: 2 }, shares);
    expect(found.failed).toBeGreaterThan(8);
    expect(found.advised).toBeGreaterThan(0.6 * found.failed);
    expect(found.median).toBeLessThan(5000);
    expect(found.passed).toBeGreaterThan(0.7);
  });

  it('does not send for labels where errors are everywhere', () => {
    const n = 300;
    const r = random('bad');
    const bad = {
      probability: Float64Array.from({ length: n }, () => r.next()),
      label: Float64Array.from({ length: n }, (_, i) => i % 2),
    };
    const text = advice(bad, bad, [], wanted(600));
    expect(text).toContain('more labels alone will not help');
    expect(text).not.toContain('estimate');
  });
});

import { describe, expect, it } from 'vitest';
import { drawQuestions, kinds, makePopulation, oracle, type Population } from '../../../bench/certify-population.js';
import { recorded, sliceOfPopulation, softened } from '../../../bench/certify-replay.js';
import { outlookAt, passes, whole } from '../../../bench/certify-trials.js';
import { tableOf } from '../../../metrics/scored.js';
import { cutsOf } from '../../../models/costs.js';
import { random } from '../../../support/random.js';
import { fixedSequence } from '../../../train/certify/fixed-sequence.js';
import { sights } from '../../../train/certify/outlook.js';
import { candidatesFrom, thresholdCandidates } from '../../../train/certify/threshold-candidates.js';

const DELTA = 0.05;
const DRAWS = 500;
/** P(more than 41 of 500 | .05 each) < .001. */
const MOST = 41;

/** Shipped answers with out-of-fold probabilities; one in five errs where the surest quarter is accepted. */
const replay = recorded(new URL('../../fixtures/certify/smollm2.json', import.meta.url));
const slices = [...new Set(replay.questions.flat().map(({ slice }) => slice as string))].filter(
  (slice) => oracle(sliceOfPopulation(replay, slice), 0.2).coverage > 0.05,
);
const populations = kinds.map((kind) => [kind.name, makePopulation(kind, 4000, random(kind.name))] as const);

/** Broken promises of a threshold whose true risk is exactly α. */
function broken(population: Population, alpha: number, questions: number) {
  const { threshold, risk } = oracle(population, alpha);
  expect(risk).toBeGreaterThan(0.9 * alpha);
  return passes(population, questions, outlookAt(population, threshold, risk, questions), risk, DRAWS);
}

describe('a promise at the boundary is broken in at most δ of draws', () => {
  it.each(populations.filter((_, k) => k !== 1))('%s', (_, population) => {
    const { betting, onePerGroup } = broken(population, 0.08, 200);
    expect(betting).toBeLessThanOrEqual(MOST);
    expect(onePerGroup).toBeLessThanOrEqual(MOST);
  });

  it('where rows err together, tests that take them for independent break it', () => {
    const found = broken(populations[3][1], 0.08, 200);
    expect(found.betting).toBeLessThanOrEqual(MOST);
    expect(found.binomialRows).toBeGreaterThan(2 * MOST);
    expect(found.hoeffdingBentkusRows).toBeGreaterThan(MOST);
  });

  it('real answers, replayed by question', () => {
    expect(broken(replay, 0.2, 300).betting).toBeLessThanOrEqual(MOST);
  });

  it('real answers with soft labels and weights', () => {
    expect(broken(softened(replay, 'soft'), 0.15, 300).betting).toBeLessThanOrEqual(MOST);
  });

  it('real answers have slices to tell apart', () => expect(slices.length).toBe(4));

  it.each(slices)('real answers, the claim of one slice: %s', (slice) => {
    expect(broken(sliceOfPopulation(replay, slice), 0.2, 200).betting).toBeLessThanOrEqual(MOST);
  });
});

describe('power: true error 2%, α = 5%, 300 accepted questions', () => {
  it.each(populations.slice(0, 4))('certified in at least four of five draws: %s', (name) => {
    const [, population] = populations.find(([other]) => other === name) as (typeof populations)[number];
    const { threshold, risk } = oracle(population, 0.02);
    expect(risk).toBeGreaterThan(0.019);
    const accepting = population.questions.filter((rows) => rows.some((row) => row.probability >= threshold)).length;
    const questions = Math.round((300 * population.questions.length) / accepting);
    const passed = passes(population, questions, outlookAt(population, threshold, 0.05, questions), 0.05, 200);
    expect(passed.betting).toBeGreaterThanOrEqual(160);
  });
});

describe('the whole procedure', () => {
  const alpha = 0.05;
  it('candidates from other answers: promises hold, and most draws are certified', () => {
    const found = whole(populations[2][1], { fit: 1600, certify: 500, alpha, draws: 80 });
    expect(found.certified).toBeGreaterThan(40);
    // P(more than 10 of 80 | .05 each) < .005.
    expect(found.broken).toBeLessThanOrEqual(10);
  });

  it('real answers with a cost table: nothing is accepted below its cut, and the promise about the accepted holds', () => {
    const floor = cutsOf({ wrong: 10, abstain: 3, escalate: 2, escalatedWrong: 0 }).accept;
    expect(floor).toBeCloseTo(0.8, 12);
    const found = whole(replay, { fit: 900, certify: 400, alpha: 0.2, draws: 100, floor });
    expect(found.certified).toBeGreaterThan(20);
    // P(more than 12 of 100 | .05 each) < .002.
    expect(found.broken).toBeLessThanOrEqual(12);
    const fit = drawQuestions(replay, 900, random('floor'));
    const candidates = thresholdCandidates(fit, { alpha: 0.2, delta: DELTA, groups: 400, floor });
    expect(candidates.every(({ threshold }) => threshold >= floor)).toBe(true);
    expect(candidates.at(-1)?.threshold).toBe(floor);
  });

  it('tests candidates in their order until one fails; the certificate says what was seen', () => {
    const [, population] = populations[0];
    const draw = random('sequence');
    const seen = sights(drawQuestions(population, 4000, draw));
    const certify = drawQuestions(population, 1500, draw);
    const candidates = candidatesFrom(seen, { alpha, delta: DELTA, groups: 1500 });
    const { certified, tested } = fixedSequence(candidates, certify, { alpha, delta: DELTA }, draw);
    expect(tested.map(({ threshold }) => threshold)).toEqual(
      candidates.slice(0, tested.length).map((c) => c.threshold),
    );
    expect(tested.slice(0, -1).every(({ pvalue }) => pvalue <= DELTA)).toBe(true);
    expect(tested.at(-1)?.pvalue).toBeGreaterThan(DELTA);
    expect(certified).toBe(tested.at(-2));
    const accepted = [...certify.label].filter((_, i) => certify.probability[i] >= (certified?.threshold as number));
    expect(certified).toMatchObject({
      n: tableOf(certify).n,
      groups: 1500,
      accepted: accepted.length,
      acceptedGroups: accepted.length,
      coverage: accepted.length / certify.label.length,
      error: expect.closeTo(accepted.reduce((sum, y) => sum + 1 - y, 0) / accepted.length, 12),
      method: 'betting',
      cap: 1,
    });
    expect(certified?.error).toBeLessThan(alpha);
  });

  it('gives null where nothing can pass: too few questions, or errors everywhere', () => {
    const [, population] = populations[0];
    const few = drawQuestions(population, 40, random('few'));
    expect(thresholdCandidates(few, { alpha, delta: DELTA, groups: 40 })).toEqual([]);
    expect(fixedSequence([], few, { alpha, delta: DELTA }, random(1))).toEqual({ certified: null, tested: [] });
  });
});

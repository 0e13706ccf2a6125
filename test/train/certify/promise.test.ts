import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  drawQuestions,
  kinds,
  makePopulation,
  oracle,
  type Population,
  truthAt,
} from '../../../bench/certify-population.js';
import { realPopulation } from '../../../bench/certify-real.js';
import { tableOf } from '../../../metrics/scored.js';
import { random } from '../../../support/random.js';
import { binomialTail } from '../../../train/certify/binomial-tail.js';
import { candidatesFrom, thresholdCandidates } from '../../../train/certify/candidates.js';
import { fixedSequence, type Method } from '../../../train/certify/fixed-sequence.js';
import { type Outlook, outlooksOf, sights } from '../../../train/certify/outlook.js';

const DELTA = 0.05;
const DRAWS = 500;
/** P(more than 41 of 500 | .05 each) < .001. */
const MOST = 41;

const folder = process.env.VOUCH_DATA;
const real = folder === undefined ? '' : join(folder, 'triviaqa-5-systems');
const populations = kinds.map((kind) => [kind.name, makePopulation(kind, 4000, random(kind.name))] as const);

function outlookAt(population: Population, threshold: number, alpha: number): Outlook {
  const all = sights(drawQuestions(population, 1200, random('fit')));
  const near = all.reduce((a, b) => (Math.abs(b.threshold - threshold) < Math.abs(a.threshold - threshold) ? b : a));
  return { ...outlooksOf(near, alpha)[0], threshold };
}

/** How often a threshold whose true risk is exactly α passes, on questions drawn anew. */
function passes(
  population: Population,
  questions: number,
  outlook: Outlook,
  alpha: number,
  draws: number,
  method?: Method,
) {
  let passed = 0;
  for (let k = 0; k < draws; k++) {
    const draw = random(`draw ${k}`);
    const certify = drawQuestions(population, questions, draw);
    if (fixedSequence([outlook], certify, { alpha, delta: DELTA, method }, draw).certified !== null) passed++;
  }
  return passed;
}

describe('a promise at the boundary is broken in at most δ of draws', () => {
  it.each(populations.filter((_, k) => k !== 1))('%s', (_, population) => {
    const { threshold, risk } = oracle(population, 0.08);
    const outlook = outlookAt(population, threshold, risk);
    expect(passes(population, 200, outlook, risk, DRAWS)).toBeLessThanOrEqual(MOST);
  });

  it('one answer a question: the exact binomial is valid too, the binomial over rows is not', () => {
    const [, population] = populations[3];
    const { threshold, risk } = oracle(population, 0.08);
    expect(
      passes(population, 200, outlookAt(population, threshold, risk), risk, DRAWS, 'one-per-group'),
    ).toBeLessThanOrEqual(MOST);
    let broken = 0;
    for (let k = 0; k < DRAWS; k++) {
      const { probability, label } = drawQuestions(population, 200, random(`draw ${k}`));
      const accepted = label.filter((_, i) => probability[i] >= threshold);
      const wrong = accepted.reduce((sum, y) => sum + 1 - y, 0);
      if (binomialTail(accepted.length, risk, wrong) <= DELTA) broken++;
    }
    expect(broken).toBeGreaterThan(2 * MOST);
  });

  it.skipIf(real === '' || !existsSync(`${real}.jsonl.gz`))(
    'real answers of five systems to a question, replayed',
    () => {
      const population = realPopulation(`${real}.jsonl.gz`, `${real}.grades.csv`);
      const { threshold, risk } = oracle(population, 0.05);
      expect(risk).toBeGreaterThan(0.045);
      const outlook = outlookAt(population, threshold, risk);
      expect(passes(population, 400, outlook, risk, DRAWS)).toBeLessThanOrEqual(MOST);
    },
  );
});

describe('power: true error 2%, α = 5%, 300 accepted questions', () => {
  it.each(populations.slice(0, 4))('certified in at least four of five draws: %s', (name) => {
    const [, population] = populations.find(([other]) => other === name) as (typeof populations)[number];
    const { threshold, risk } = oracle(population, 0.02);
    expect(risk).toBeGreaterThan(0.019);
    const accepting = population.questions.filter((rows) => rows.some((row) => row.probability >= threshold)).length;
    const questions = Math.round((300 * population.questions.length) / accepting);
    const passed = passes(population, questions, outlookAt(population, threshold, 0.05), 0.05, 200);
    expect(passed).toBeGreaterThanOrEqual(160);
  });
});

describe('the whole procedure', () => {
  const alpha = 0.05;
  it('candidates from other answers: promises hold, and most draws are certified', () => {
    const [, population] = populations[2];
    let broken = 0;
    let certified = 0;
    for (let k = 0; k < 80; k++) {
      const draw = random(`whole ${k}`);
      const candidates = thresholdCandidates(drawQuestions(population, 1600, draw), {
        alpha,
        delta: DELTA,
        groups: 500,
      });
      const found = fixedSequence(
        candidates,
        drawQuestions(population, 500, draw),
        { alpha, delta: DELTA },
        draw,
      ).certified;
      if (found === null) continue;
      certified++;
      if (truthAt(population, found.threshold).risk > alpha) broken++;
    }
    expect(certified).toBeGreaterThan(40);
    // P(more than 10 of 80 | .05 each) < .005.
    expect(broken).toBeLessThanOrEqual(10);
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

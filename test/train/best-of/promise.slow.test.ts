import { describe, expect, it } from 'vitest';
import { random } from '../../../support/random.js';
import { certifiedPolicy } from '../../../train/best-of/certified-policy.js';
import type { Field } from '../../../train/best-of/field.js';
import { probabilityOf } from '../../../train/best-of/fitted.js';
import { distributionOf } from '../../../train/best-of/joint.js';
import { chosenBy, type Policy } from '../../../train/best-of/policy.js';
import { populationOf } from './population.js';

/** P(more than 41 of 500 | .05 each) < .001. */
const MOST = 41;
const DRAWS = 500;
const QUESTIONS = 300;
const ALPHA = 0.15;
const CERTIFIED = 100;

/** Draws in which something was certified, and in which more than α of the accepted answers of the population were wrong. */
function brokenIn(whole: ReturnType<typeof populationOf>, draws: number) {
  const named = new Map([...whole.policies].map(([{ method, of }, field]) => [`${method}-${of}`, field]));
  let [certified, broken] = [0, 0];
  const chosen = new Set<string>();
  const group = Int32Array.from({ length: QUESTIONS }, (_, i) => i);
  for (let k = 0; k < draws; k++) {
    const draw = random('draws').fork(k);
    const { frozen, claim } = certifiedPolicy(samplePolicies(whole, QUESTIONS, draw), {
      ...{ group, rows: group, counted: 'all', targetError: ALPHA, confidence: 0.95, certifyShare: 0.5 },
      ...{ resamples: 1, random: draw, isBrief: true },
    })!;
    chosen.add(claim.id);
    if (claim.threshold === null) continue;
    certified++;
    const field = named.get(claim.id) as Field;
    let [accepted, wrong] = [0, 0];
    field.views.forEach((view, i) => {
      const distribution = distributionOf(frozen.joint, view);
      const c = chosenBy(frozen.method, view, distribution);
      if (probabilityOf(frozen.line, distribution, view.meaning[c]) < (claim.threshold as number)) return;
      const weight = Math.min(field.weight[i], claim.cap as number);
      accepted += weight;
      wrong += weight * (1 - field.grades[i][c]);
    });
    if (wrong / accepted > ALPHA) broken++;
  }
  return { certified, broken, chosen };
}

describe('the promise about chosen answers', () => {
  it('is broken in at most δ of 500 draws: method, number, joint probability and threshold all fitted anew', () => {
    const { certified, broken, chosen } = brokenIn(populationOf(6000, random('population')), DRAWS);
    expect(certified).toBeGreaterThan(300);
    expect(chosen.size).toBeGreaterThan(1);
    expect(broken).toBeLessThanOrEqual(MOST);
  }, 3_600_000);

  it('is broken in at most δ of them with weights that are larger where the first answer is wrong', () => {
    const { policies, ...whole } = populationOf(6000, random('population'));
    const [first] = policies.values();
    const weight = Float64Array.from(first.grades, ([grade], i) => (grade === 1 ? 1 : i % 2 === 0 ? 2 : 4));
    const fields = new Map([...new Set(policies.values())].map((field) => [field, { ...field, weight }]));
    const weighted = new Map([...policies].map(([policy, field]) => [policy, fields.get(field) as Field]));
    const { certified, broken } = brokenIn({ policies: weighted, ...whole }, DRAWS);
    expect(certified).toBeGreaterThan(CERTIFIED);
    expect(broken).toBeLessThanOrEqual(MOST);
  }, 3_600_000);
});

/** Some askings of a population, drawn without replacement. */
function samplePolicies(
  { policies, rows }: ReturnType<typeof populationOf>,
  n: number,
  draw: ReturnType<typeof random>,
) {
  const drawn = draw.fork('sample').shuffle(rows.slice()).subarray(0, n);
  const fields = new Map<Field, Field>();
  const small = (field: Field): Field => {
    const before = fields.get(field);
    if (before !== undefined) return before;
    const pick = <T>(all: readonly T[]) => Array.from(drawn, (row) => all[row]);
    const weight = Float64Array.from(drawn, (row) => field.weight[row]);
    const made = { views: pick(field.views), grades: pick(field.grades), truths: pick(field.truths), weight };
    fields.set(field, made);
    return made;
  };
  return new Map<Policy, Field>([...policies].map(([policy, field]) => [policy, small(field)]));
}

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

describe('the promise about chosen answers', () => {
  it('is broken in at most δ of 500 draws: method, number, joint probability and threshold all fitted anew', () => {
    const whole = populationOf(6000, random('population'));
    const named = new Map([...whole.policies].map(([{ method, of }, field]) => [`${method}-${of}`, field]));
    let [certified, broken, chosen] = [0, 0, new Set<string>()];
    for (let k = 0; k < DRAWS; k++) {
      const draw = random('draws').fork(k);
      const rows = Int32Array.from({ length: QUESTIONS }, (_, i) => i);
      const found = certifiedPolicy(samplePolicies(whole, QUESTIONS, draw), {
        ...{
          group: rows,
          rows,
          counted: 'all',
          targetError: ALPHA,
          confidence: 0.95,
          certifyShare: 0.5,
          resamples: 1,
          random: draw,
          isBrief: true,
        },
      });
      const { frozen, claim } = found!;
      chosen.add(claim.id);
      if (claim.threshold === null) continue;
      certified++;
      const field = named.get(claim.id) as Field;
      let [accepted, wrong] = [0, 0];
      field.views.forEach((view, i) => {
        const distribution = distributionOf(frozen.joint, view);
        const c = chosenBy(frozen.method, view, distribution);
        if (probabilityOf(frozen.line, distribution, view.meaning[c]) < (claim.threshold as number)) return;
        accepted++;
        wrong += 1 - field.grades[i][c];
      });
      if (wrong / accepted > ALPHA) broken++;
    }
    expect(certified).toBeGreaterThan(300);
    expect(chosen.size).toBeGreaterThan(1);
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

import { describe, expect, it } from 'vitest';
import { random } from '../../../support/random.js';
import { certifyChoice } from '../../../train/best-of/certify-choice.js';
import type { Outcomes } from '../../../train/best-of/outcome.js';

const N = 400;

/** Chosen answers with probabilities from .5 to .99; above .8, one in ten is wrong, and each wrong one weighs `heavy`. */
function outcomes(seed: string, heavy: number): Outcomes {
  const draw = random(seed);
  const probability = Float64Array.from({ length: N }, () => 0.5 + 0.49 * draw.next());
  const grade = probability.map((p, i) => ((p > 0.8 ? i % 10 > 0 : i % 2 > 0) ? 1 : 0));
  const none = new Float64Array(N);
  const weight = grade.map((right) => (right === 1 ? 1 : heavy));
  return { probability, grade, weight, promptTokens: none, completionTokens: none };
}

function certify(heavy: number, targetError: number, heaviest?: number) {
  const group = Int32Array.from({ length: N }, (_, i) => i);
  const [fit, tested] = [outcomes('fit', heavy), outcomes('certify', heavy)];
  if (heaviest !== undefined)
    tested.weight[tested.probability.findIndex((p, i) => p > 0.95 && tested.grade[i] === 1)] = heaviest;
  const how = { fit, fitGroup: group, certify: tested, certifyGroup: group, targetError, confidence: 0.95 };
  const claim = certifyChoice({ method: 'best', of: 3 }, { ...how, certifyShare: 0.5 }, random('test'));
  const accepted = [...tested.grade.keys()].filter((i) => tested.probability[i] >= (claim.threshold ?? 2));
  const sum = (of: (i: number) => number) => accepted.reduce((all, i) => all + of(i), 0);
  const byHand = sum((i) => tested.weight[i] * (1 - tested.grade[i])) / sum((i) => tested.weight[i]);
  return { claim, accepted: accepted.length, byHand };
}

describe('the promise about chosen answers, with weights', () => {
  it('counts each prompt by its weight', () => {
    const even = certify(1, 0.2);
    expect(even.claim.threshold).toBeGreaterThan(0.5);
    expect(even.claim).toMatchObject({ accepted: even.accepted, error: even.byHand });
    // with weight 3, a wrong one in ten makes 25% errors: no threshold keeps 20%, and 40% are kept
    expect(certify(3, 0.2).claim.threshold).toBeNull();
    const { claim, accepted, byHand } = certify(3, 0.4);
    expect(claim.threshold).toBeGreaterThan(0.5);
    expect(claim.accepted).toBe(accepted);
    expect(claim.error).toBeCloseTo(byHand, 12);
    expect(claim.error).toBeGreaterThan(0.2);
  });

  it('says what a question counts at most, and how many are heavier', () => {
    // the heaviest of the fit questions weighs 1, so one of weight 50 counts as 1
    expect(certify(1, 0.2).claim).toMatchObject({ cap: 1, capped: 0 });
    expect(certify(1, 0.2, 50).claim).toMatchObject({ cap: 1, capped: 1 });
  });
});

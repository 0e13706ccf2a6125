import { describe, expect, it } from 'vitest';
import { sigmoid, softplus } from '../../../models/numbers.js';
import { random } from '../../../support/random.js';
import { chooseCalibration } from '../../../train/choose/calibrate.js';
import { drawnData } from '../drawn-data.js';

/** The calibrator chosen for 20,000 normal logits whose labels are drawn from σ(truth(z)). */
function chosenFor(truth: (z: number) => number) {
  const draw = random('choice');
  const logits = Float64Array.from({ length: 20_000 }, () => 2 * draw.normal());
  const y = logits.map((z) => (draw.next() < sigmoid(truth(z)) ? 1 : 0));
  const { data, rows, fold } = drawnData(y);
  const { calibration, candidates } = chooseCalibration(data, rows, fold, logits);
  const entropy = logits.reduce((sum, z) => {
    const p = sigmoid(truth(z));
    return sum - p * Math.log(p) - (1 - p) * Math.log(1 - p);
  }, 0);
  return { name: calibration.name, candidates, entropy: entropy / logits.length };
}

describe('the choice of a calibrator', () => {
  it.each([
    ['none', (z: number) => z],
    ['temperature', (z: number) => 0.6 * z],
    ['platt', (z: number) => 0.8 * z - 0.7],
    ['beta', (z: number) => 1.6 * softplus(z) - 0.3 * softplus(-z) - 0.9],
    ['spline', (z: number) => 1.2 * z + 0.8 * Math.sin(1.5 * z)],
    ['isotonic', (z: number) => 2 * Math.round(z / 2 + 0.3)],
  ])('%s where it is the simplest that fits', (name, truth) => {
    const { name: chosen, candidates, entropy } = chosenFor(truth);
    expect(chosen).toBe(name);
    const { logLoss } = candidates.find((candidate) => candidate.chosen)!;
    expect(Math.abs(logLoss - entropy)).toBeLessThan(0.012);
  });

  it('logits without a word to say: the loss of the base rate, and none is better', () => {
    const { candidates } = chosenFor(() => 0.4);
    const rate = sigmoid(0.4);
    const floor = -rate * Math.log(rate) - (1 - rate) * Math.log(1 - rate);
    for (const { logLoss } of candidates) expect(logLoss).toBeGreaterThan(floor - 0.003);
  });
});

import { sigmoid } from '../../models/numbers.js';
import { random } from '../../support/random.js';

/** What happened to the answers: the true chance to be right at the logit of the version in service. */
export interface Drift {
  name: string;
  truth(logit: number, luck: number, alpha: number): number;
}

export const drifts: readonly Drift[] = [
  // errors are above α wherever the threshold is, so whatever is certified is broken
  { name: 'errors at 1.01 α everywhere', truth: (_, __, alpha) => 1 - 1.01 * alpha },
  { name: 'none', truth: (z) => sigmoid(z) },
  { name: 'logit − 1', truth: (z) => sigmoid(z - 1) },
  { name: 'logit × 0.6', truth: (z) => sigmoid(0.6 * z) },
  { name: 'a new task for 15%', truth: (z, luck) => sigmoid(luck < 0.15 ? 0.5 * z - 1 : z) },
];

/** Answers with the logit of the version in service, and the known chance to be right. */
export interface Population {
  logit: Float64Array;
  chance: Float64Array;
  /** The version in service accepts from this logit on. */
  accepts: number;
}

const SIZE = 20_000;

export function populationFor({ name, truth }: Drift, alpha: number): Population {
  const draw = random(`population ${name}`);
  const logit = Float64Array.from({ length: SIZE }, () => 2.5 + 2 * draw.normal());
  return { logit, chance: logit.map((z) => truth(z, draw.next(), alpha)), accepts: 1.5 };
}

/** What a line on the logit and a threshold accept of the population. */
export function acceptedBy(
  { logit, chance }: Population,
  { intercept, slope, threshold }: { intercept: number; slope: number; threshold: number },
): { coverage: number; error: number } {
  let [accepted, wrong] = [0, 0];
  logit.forEach((z, i) => {
    if (!(sigmoid(intercept + slope * z) >= threshold)) return;
    accepted++;
    wrong += 1 - chance[i];
  });
  return { coverage: accepted / logit.length, error: accepted === 0 ? 0 : wrong / accepted };
}

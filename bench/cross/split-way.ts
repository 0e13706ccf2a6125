import { tableOf } from '../../metrics/scored.js';
import type { Random } from '../../support/random.js';
import { fixedSequence } from '../../train/certify/fixed-sequence.js';
import type { Tried } from './fits.js';

/** One part of the questions certifies and never trains. Returns the loosest threshold that passed, or null. */
export function splitThreshold(
  { candidates, held }: Tried,
  { alpha, delta }: { alpha: number; delta: number },
  random: Random,
): number | null {
  const { groups } = tableOf(held);
  const { certified } = fixedSequence(candidates({ alpha, delta, groups }), held, { alpha, delta }, random);
  return certified === null ? null : certified.threshold;
}

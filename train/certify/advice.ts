import { leastGroups } from '../../metrics/interval/least-groups.js';
import { type Scored, tableOf } from '../../metrics/scored.js';
import { plural } from '../../support/words/plural.js';
import { thousands } from '../../support/words/thousands.js';
import type { AlphaCoverage } from './alpha-coverage.js';
import { labelsNeeded, type Shares } from './labels-needed.js';

/** The promise that was wanted, and the number of labelled questions. */
interface AdviceOf {
  alpha: number;
  delta: number;
  floor: number;
  shares: Shares;
  labelled: number;
}

/**
 * What to say if nothing was certified: the smallest number of questions that could certify, how many more labelled
 * questions would probably be enough (an estimate from out-of-fold error rates), and what can be promised instead.
 */
export function advice(
  outOfFold: Scored,
  certify: Scored,
  curve: readonly AlphaCoverage[],
  { alpha, delta, floor, shares, labelled }: AdviceOf,
): string {
  const certifyGroups = tableOf(certify).groups;
  const promise = `at most ${percent(alpha)} errors with ${percent(1 - delta)} confidence`;
  const sentences = [`No threshold could be certified for ${promise} on ${plural(certifyGroups, 'question')}.`];
  if (certifyGroups < leastGroups(alpha, delta)) {
    sentences.push(`That needs at least ${leastGroups(alpha, delta)} accepted questions, even if all are right.`);
  }
  const reached = outOfFold.probability.some((p) => p >= floor);
  const needed = reached ? labelsNeeded(outOfFold, labelled, { alpha, delta, floor }, shares) : 'none';
  if (!reached) {
    sentences.push(
      `By the cost table, accepting pays from a probability of ${percent(floor)} up, and no answer reached that.`,
    );
  } else if (needed === 'none') {
    sentences.push(
      `No share of the answers has an out-of-fold error rate below ${percent(alpha)}, so more labels alone will not ` +
        'help. ' +
        'A higher target error or better signals may help.',
    );
  } else if (needed === 'unclear') {
    sentences.push(
      `Some answers seem to have an error rate below ${percent(alpha)}, but ${count(labelled)} labelled questions ` +
        'are too ' +
        'few to estimate how many would be enough. Label more and train again.',
    );
  } else if (needed.groups > labelled) {
    const more = count(needed.groups - labelled);
    sentences.push(
      `Estimated from out-of-fold error rates, about ${count(needed.groups)} labelled questions (${more} more than ` +
        'the ' +
        `present ${count(labelled)}) would certify ${percent(needed.coverage)} of the answers, with a chance of ` +
        'four in five.',
    );
  } else {
    sentences.push(
      'Estimated from out-of-fold error rates, it had a chance of four in five to pass; it may pass with other labels.',
    );
  }
  const instead = curve.find((point) => point.threshold !== null);
  if (instead !== undefined) {
    const how = instead.indication ? 'As an indication only' : 'What can be promised instead';
    sentences.push(
      `${how}: at most ${percent(instead.alpha)} errors with ${percent(instead.coverage)} of the answers accepted.`,
    );
  }
  return sentences.join(' ');
}

function percent(share: number): string {
  return `${Number((100 * share).toPrecision(3))}%`;
}

/** Rounds numbers from 1,000 up to the next hundred, because more digits would suggest more precision than there is. */
function count(n: number): string {
  return thousands(n >= 1000 ? Math.ceil(n / 100) * 100 : n);
}

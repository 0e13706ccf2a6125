import { leastGroups } from '../../metrics/interval/least-groups.js';
import { type Scored, tableOf } from '../../metrics/scored.js';
import type { AlphaCoverage } from './alpha-coverage.js';
import { labelsNeeded, type Shares } from './labels-needed.js';

/** What was wanted, and how many questions of this kind were labelled. */
interface AdviceOf {
  alpha: number;
  delta: number;
  floor: number;
  shares: Shares;
  labelled: number;
}

/**
 * What to say when nothing was certified, in plain words: the least it takes, how many more labelled questions would do (an
 * estimate from out-of-fold error rates), and what can be promised instead.
 */
export function advice(
  outOfFold: Scored,
  certify: Scored,
  curve: readonly AlphaCoverage[],
  { alpha, delta, floor, shares, labelled }: AdviceOf,
): string {
  const certifyGroups = tableOf(certify).groups;
  const promise = `at most ${percent(alpha)} errors with ${percent(1 - delta)} confidence`;
  const sentences = [`No threshold could be certified for ${promise} on ${count(certifyGroups)} questions.`];
  if (certifyGroups < leastGroups(alpha, delta)) {
    sentences.push(`That takes at least ${leastGroups(alpha, delta)} accepted questions, even if all are right.`);
  }
  const reached = outOfFold.probability.some((p) => p >= floor);
  const needed = reached ? labelsNeeded(outOfFold, labelled, { alpha, delta, floor }, shares) : 'none';
  if (!reached) {
    sentences.push(
      `By the cost table accepting is worth while from a probability of ${percent(floor)} up, and no answer reached it.`,
    );
  } else if (needed === 'none') {
    sentences.push(
      `No share of the answers has an out-of-fold error rate below ${percent(alpha)}, so more labels alone would not do: a higher target error or better signals might.`,
    );
  } else if (needed === 'unclear') {
    sentences.push(
      `Some answers seem to err less than ${percent(alpha)}, but ${count(labelled)} labelled questions are too few to say how many would do: label more and train again.`,
    );
  } else if (needed.groups > labelled) {
    const more = count(needed.groups - labelled);
    sentences.push(
      `By out-of-fold error rates about ${count(needed.groups)} labelled questions (${more} more than the ${count(labelled)} now) would certify ${percent(needed.coverage)} of the answers four times in five: an estimate.`,
    );
  } else {
    sentences.push('By out-of-fold error rates it should have passed four times in five: other labels might.');
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

/** Rounded up to the next hundred from 1,000 up: an estimate should look like one. */
function count(n: number): string {
  return (n >= 1000 ? Math.ceil(n / 100) * 100 : n).toLocaleString('en');
}

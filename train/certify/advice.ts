import { type Scored, tableOf } from '../../metrics/scored.js';
import type { AlphaCoverage } from './alpha-coverage.js';
import { outlooks } from './candidates.js';
import { groupsNeeded, leastGroups } from './power.js';

/**
 * What to say when nothing was certified, in plain words: the least it takes, how many labelled questions would do (an
 * estimate from out-of-fold error rates), and what can be promised instead.
 */
export function advice(
  outOfFold: Scored,
  certify: Scored,
  curve: readonly AlphaCoverage[],
  { alpha, delta }: { alpha: number; delta: number },
): string {
  const certifyGroups = tableOf(certify).groups;
  const labelled = tableOf(outOfFold).groups + certifyGroups;
  const promise = `at most ${percent(alpha)} errors with ${percent(1 - delta)} confidence`;
  const needed = groupsNeeded(outlooks(outOfFold, alpha), alpha, delta);
  const sentences = [`No threshold could be certified for ${promise} on ${count(certifyGroups)} questions.`];
  if (certifyGroups < leastGroups(alpha, delta)) {
    sentences.push(`That takes at least ${leastGroups(alpha, delta)} accepted questions, even if all are right.`);
  }
  if (needed === null) {
    sentences.push(
      `No share of the answers has an out-of-fold error rate below ${percent(alpha)}, so more labels alone would not do: a higher target error or better signals might.`,
    );
  } else if (needed.groups > certifyGroups) {
    const total = Math.ceil((needed.groups * labelled) / Math.max(certifyGroups, 1));
    sentences.push(
      `By out-of-fold error rates about ${count(total)} labelled questions (now ${count(labelled)}) would certify ${percent(needed.outlook.coverage)} of the answers four times in five: an estimate.`,
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

/** Rounded to two digits from 100 up: an estimate should look like one. */
function count(n: number): string {
  return (n >= 1000 ? Math.ceil(n / 100) * 100 : n).toLocaleString('en');
}

import type { Scored } from '../metrics/scored.js';
import { VouchError } from '../support/errors.js';
import type { Random } from '../support/random.js';

type Grouped = Scored & { group: Int32Array };

/**
 * Divides answers by question at random: candidate thresholds are chosen on a share of the questions, and the others
 * test them. The draw does not depend on scores or labels. Error: ONE_GROUP if there are fewer than two questions.
 */
export function planAndTest(
  scored: Grouped,
  groups: number,
  share: number,
  random: Random,
): { before: Grouped; test: Grouped } {
  if (groups < 2) {
    throw new VouchError('ONE_GROUP', 'choosing thresholds and testing them need different questions', {
      field: 'groups',
      expected: '2 questions or more, or plan',
      got: groups,
    });
  }
  const order = random.shuffle(Int32Array.from({ length: groups }, (_, g) => g));
  const planned = Math.min(groups - 1, Math.max(1, Math.round(share * groups)));
  const isPlanned = new Uint8Array(groups);
  for (const g of order.subarray(0, planned)) isPlanned[g] = 1;
  return {
    before: rowsOf(scored, (i) => isPlanned[scored.group[i]] === 1),
    test: rowsOf(scored, (i) => isPlanned[scored.group[i]] === 0),
  };
}

function rowsOf({ probability, label, weight, group }: Grouped, isKept: (row: number) => boolean): Grouped {
  const kept = (_: unknown, i: number) => isKept(i);
  return {
    probability: probability.filter(kept),
    label: label.filter(kept),
    weight: weight?.filter(kept),
    group: group.filter(kept),
  };
}

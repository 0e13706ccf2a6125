import { VouchError } from '../support/errors.js';
import { scoresApart } from './grades/scores-apart.js';
import { sourceKind } from './label-sources.js';
import type { Label } from './record.js';
import type { Answer } from './token-list.js';

/** One number out of an answer's labels: `value` in [0, 1] (1 right), `weight` > 0, `human` whether people gave it. */
export interface Verdict {
  value: number;
  weight: number;
  human: boolean;
}

/** Whether a source stands for people; see `label-sources.ts`. */
export function isHuman(source: string | null | undefined): boolean {
  return sourceKind(source) === 'human';
}

/**
 * The label of an answer: human labels outrank the rest; within a rank the weighted mean. NaN-free; null when there is
 * none. The weight of the result is the mean weight of the labels used, so that many raters do not outvote other rows.
 * Error: BAD_LABEL where the labels are scores of several names, which have no mean.
 */
export function labelOf(record: Answer): Verdict | null {
  const labels = record.labels ?? [];
  const apart = labels.length > 1 ? scoresApart(labels) : null;
  if (apart !== null) {
    throw new VouchError('BAD_LABEL', 'several scores of one answer, and nothing says which is its label', {
      field: 'labels',
      expected: 'one name: --label-name NAME',
      got: apart.join(', '),
    });
  }
  const human = labels.some((label) => isHuman(label.source) && (label.weight ?? 1) > 0);
  const mean = meanOf(labels, ({ source }) => isHuman(source) === human);
  return mean === null ? null : { ...mean, human };
}

/** What graders say of an answer that have a name and are not people, the weighted mean of their labels; NaN where none graded it. */
export function automaticOf({ labels }: Answer): number {
  return meanOf(labels ?? [], ({ source }) => sourceKind(source) === 'other')?.value ?? Number.NaN;
}

/** Over the labels of one kind that carry weight. */
function meanOf(labels: Label[], isMeant: (label: Label) => boolean): { value: number; weight: number } | null {
  let sum = 0;
  let weight = 0;
  let used = 0;
  for (const label of labels) {
    const w = label.weight ?? 1;
    if (w <= 0 || !isMeant(label)) continue;
    sum += w * label.value;
    weight += w;
    used++;
  }
  return used === 0 ? null : { value: sum / weight, weight: weight / used };
}

import { VouchError } from '../support/errors.js';
import { scoresApart } from './grades/scores-apart.js';
import { sourceKind } from './label-sources.js';
import type { Label } from './record.js';
import type { Answer } from './token-list.js';

/**
 * The one label made from an answer's labels: `value` in [0, 1] (1 is correct), `weight` > 0, `human` says whether
 * people gave it.
 */
export interface Verdict {
  value: number;
  weight: number;
  human: boolean;
}

/** Whether a source means people; see `label-sources.ts`. */
function isHuman(source: string | null | undefined): boolean {
  return sourceKind(source) === 'human';
}

/**
 * The label of an answer. Human labels take precedence over all others; among labels of the same rank it is the
 * weighted mean. null if there is none. Its weight is the mean weight of the labels used, so that an answer with many
 * raters does not outweigh other answers. Error: BAD_LABEL if the labels are scores of several names, which have no
 * common mean.
 */
export function labelOf(record: Answer): Verdict | null {
  const labels = record.labels ?? [];
  const apart = labels.length > 1 ? scoresApart(labels) : null;
  if (apart !== null) {
    throw new VouchError('BAD_LABEL', 'one answer has several scores, and nothing says which one is its label', {
      field: 'labels',
      expected: 'one name: --label-name NAME',
      got: apart.join(', '),
    });
  }
  const human = labels.some((label) => isHuman(label.source) && (label.weight ?? 1) > 0);
  const mean = meanOf(labels, ({ source }) => isHuman(source) === human);
  return mean === null ? null : { ...mean, human };
}

/** The weighted mean of the labels whose source is named and is not people; NaN if there is none. */
export function automaticOf({ labels }: Answer): number {
  return meanOf(labels ?? [], ({ source }) => sourceKind(source) === 'other')?.value ?? Number.NaN;
}

/** The weighted mean of the labels that `isMeant` selects and that have a weight above 0. */
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

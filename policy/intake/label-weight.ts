import { labelOf } from '../../data/label-of.js';
import type { Answer } from '../../data/token-list.js';
import type { Case } from '../../scorer/policy/case.js';
import { commonWeight } from '../../train/certify/common-weight.js';

/** The weight of a case: that of the labels of its answers. Null if one has no label. Error: BAD_LABEL if they differ. */
export function labelWeight({ first, others }: Case): number | null {
  const records = [first, ...others.values()];
  const weighed = records.flatMap((record) => {
    const label = labelOf(record as Answer);
    return label === null ? [] : [{ id: record.id as string, weight: label.weight }];
  });
  const [one, ...more] = weighed;
  return weighed.length < records.length ? null : commonWeight([one, ...more], 'question');
}

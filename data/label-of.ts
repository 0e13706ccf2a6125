import type { Answer } from './token-list.js';

/** One number out of an answer's labels: `value` in [0, 1] (1 right), `weight` > 0, `human` whether people gave it. */
export interface Verdict {
  value: number;
  weight: number;
  human: boolean;
}

/** Sources that count as human judgement: `human` itself and anything spelled `human…`, thumbs and corrections. */
export function isHuman(source: string | null | undefined): boolean {
  return source != null && /^(human|thumb|correction|preferred|expert|user)/i.test(source);
}

/**
 * The label of an answer: human labels outrank the rest; within a rank the weighted mean. NaN-free; null when there is
 * none. The weight of the result is the mean weight of the labels used, so that many raters do not outvote other rows.
 */
export function labelOf(record: Answer): Verdict | null {
  const human = (record.labels ?? []).some((label) => isHuman(label.source) && (label.weight ?? 1) > 0);
  const mean = meanOf(record, human);
  return mean === null ? null : { ...mean, human };
}

/** What automatic graders alone say of an answer, the weighted mean of their labels; NaN where none graded it. */
export function automaticOf(record: Answer): number {
  return meanOf(record, false)?.value ?? Number.NaN;
}

/** Over the labels of one rank that carry weight. */
function meanOf({ labels }: Answer, human: boolean): { value: number; weight: number } | null {
  let sum = 0;
  let weight = 0;
  let used = 0;
  for (const label of labels ?? []) {
    const w = label.weight ?? 1;
    if (w <= 0 || human !== isHuman(label.source)) continue;
    sum += w * label.value;
    weight += w;
    used++;
  }
  return used === 0 ? null : { value: sum / weight, weight: weight / used };
}

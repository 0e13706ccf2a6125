import { labelWith } from '../../data/label/list.js';
import { replicates } from '../../metrics/interval/bootstrap.js';
import type { Estimate } from '../../metrics/interval/interval.js';
import { percentile } from '../../metrics/interval/interval.js';
import type { Random } from '../../support/random.js';
import type { HeldOut } from './held-out.js';
import { truthOf } from './judgements.js';

/** What the model answers if it may say that it does not know. All are shares, with intervals by question. */
export interface Abstentions {
  answers: number;
  /** The share that it answers. */
  answered: Estimate;
  /** Among those: the share that is right; and what it was among the same answers before tuning. */
  accuracy: Estimate;
  accuracyBefore: Estimate;
  /** Among all: the share that was right before tuning. */
  rightBefore: Estimate;
  /** Among the answers that were right before tuning: the share that it now declines to give. */
  lost: Estimate;
}

/** Whether a text is an abstention: it begins as the text that the set teaches. */
export function abstains(answer: string): boolean {
  return answer.toLowerCase().replace('’', "'").startsWith("i don't know");
}

/** Grades the new answers by the rule of their question, and compares them with the answers before tuning. */
export function abstentions(
  answers: readonly HeldOut[],
  said: ReadonlyMap<string, string>,
  random: Random,
): Abstentions {
  const rows = answers.filter(({ record }) => said.has(record.id));
  const { label: before, group, groups } = truthOf(rows);
  const answer = rows.map(({ record }) => said.get(record.id)!);
  const answered = Float64Array.from(answer, (text) => (abstains(text) ? 0 : 1));
  const after = Float64Array.from(rows, ({ record }, i) => {
    const rule = labelWith((record as { grader?: string }).grader ?? 'contains');
    return answered[i] === 1 ? (rule.of({ ...record, answer: answer[i], tokens: null, samples: null }) ?? 0) : 0;
  });
  const all = new Float64Array(rows.length).fill(1);
  const declined = answered.map((value, i) => (1 - value) * before[i]);
  const shareOf = (hits: Float64Array, among: Float64Array) => {
    const share = (times: Float64Array | null) => {
      let [sum, count] = [0, 0];
      for (let i = 0; i < rows.length; i++) {
        const weight = times === null ? 1 : times[group[i]];
        sum += weight * hits[i] * among[i];
        count += weight * among[i];
      }
      return sum / count;
    };
    const [resampled] = replicates([share], groups, random);
    return percentile(share(null), resampled, 0.95);
  };
  return {
    answers: rows.length,
    answered: shareOf(answered, all),
    accuracy: shareOf(after, answered),
    accuracyBefore: shareOf(before, answered),
    rightBefore: shareOf(before, all),
    lost: shareOf(declined, before),
  };
}

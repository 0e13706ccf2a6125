import { nearKey } from '../../data/group/near-key.js';
import { Union } from '../../data/group/union.js';
import type { TrainingData } from '../prepare/training-data.js';
import type { Turn } from './results.js';

/**
 * The same data, in which groups with a prompt that is nearly equal are one group, also if it does not say what is
 * asked ("Continue."): a fine-tuned model that has seen a prompt in training has seen it in every group. `prompts`: the
 * prompt of each row by `promptKey`; null where there is none.
 */
export function joinedQuestions(data: TrainingData, prompts: readonly (string | null)[]): TrainingData {
  const union = new Union(data.groupCount);
  const names: string[] = [];
  const seen = new Map<string, number>();
  data.groups.forEach((name, row) => {
    const group = data.group[row];
    names[group] = name;
    const prompt = prompts[row];
    if (prompt === null) return;
    const known = seen.get(prompt);
    if (known === undefined) seen.set(prompt, group);
    else union.join(known, group);
  });
  const number = new Map<number, number>();
  const group = data.group.map((each) => {
    const first = union.first(each);
    if (!number.has(first)) number.set(first, number.size);
    return number.get(first) as number;
  });
  const groups = Array.from(data.group, (each) => names[union.first(each)]);
  return { ...data, groups, group, groupCount: number.size };
}

/** A text that is equal for prompts that differ only in greetings, politeness, case and punctuation. */
export function promptKey(turns: readonly Turn[]): string {
  return JSON.stringify(turns.map(({ role, content }) => [role, nearKey(content) || content]));
}

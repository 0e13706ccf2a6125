import { thousands } from '../../support/words/thousands.js';
import type { Grouping, GroupRule } from './partition.js';

const words: Record<Exclude<GroupRule, 'field'>, string> = {
  group: 'by `group`',
  conversation: 'by conversation id',
  beginning: 'by conversations that continue one another',
  turns: 'by equal messages',
  near: 'merged from groups that differ only in greetings, politeness, case or punctuation',
  row: 'single answers without anything to group them by',
};

/** How answers were grouped into questions, as a sentence: `Questions: 40 by equal messages, 3 by conversation id.` */
export function groupingWords({ field, made }: Pick<Grouping, 'field' | 'made'>): string {
  const parts = Object.entries(made)
    .filter(([, count]) => count > 0)
    .sort(([, a], [, b]) => b - a)
    .map(
      ([rule, count]) =>
        `${thousands(count)} ${rule === 'field' ? `by \`${field}\`` : words[rule as keyof typeof words]}`,
    );
  return `Questions: ${parts.length === 0 ? 'none' : parts.join(', ')}.`;
}

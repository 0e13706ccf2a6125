import type { Grouping, GroupRule } from './partition.js';

const words: Record<Exclude<GroupRule, 'field'>, string> = {
  group: 'by `group`',
  conversation: 'by the id of a conversation',
  beginning: 'by conversations that build on one another',
  turns: 'by equal messages',
  near: 'merged from groups that differ in greetings, politeness, case or punctuation alone',
  row: 'answers on their own, without anything to group them by',
};

/** How questions were told apart, as a sentence: `Questions: 40 by equal messages, 3 by the id of a conversation.` */
export function groupingWords({ field, made }: Pick<Grouping, 'field' | 'made'>): string {
  const parts = Object.entries(made)
    .filter(([, count]) => count > 0)
    .sort(([, a], [, b]) => b - a)
    .map(([rule, count]) => `${count} ${rule === 'field' ? `by \`${field}\`` : words[rule as keyof typeof words]}`);
  return `Questions: ${parts.length === 0 ? 'none' : parts.join(', ')}.`;
}

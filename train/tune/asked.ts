import { layOut } from '../../data/ask/lay-out.js';
import { askDefaults } from '../../data/ask/options.js';
import { questionText } from '../../data/ask/requests/judging.js';
import type { AnswerRecord, Message } from '../../data/record.js';
import type { Turn, WhyNot } from './results.js';

/** A question in the two ways in which sets show it; or why it cannot be shown. */
export type Asked = { turns: Turn[]; text: string } | { why: Extract<WhyNot, 'no question' | 'media or tool turns'> };

const ROLES: ReadonlyMap<string, Turn['role']> = new Map([
  ['system', 'system'],
  ['developer', 'system'],
  ['user', 'user'],
  ['assistant', 'assistant'],
]);

/**
 * What a model was asked: `turns` as `vouch collect` sends them, with the context, for a model that answers; `text` as
 * `vouch enrich --ptrue` shows it, for one that judges. Neither contains the references. The last turn is the user's.
 */
export function askedOf({ prompt, messages, context, answer }: AnswerRecord): Asked {
  const said: Message[] = messages == null || messages.length === 0 ? [] : [...messages];
  const last = said.at(-1);
  if (last?.role === 'assistant' && last.content?.trim() === answer.trim()) said.pop();
  if (said.length === 0 && prompt != null) said.push({ role: 'user', content: prompt });
  if (said.some(({ role, content, media }) => !ROLES.has(role) || content === null || (media ?? []).length > 0))
    return { why: 'media or tool turns' };
  const own = said.map(({ role, content }) => ({ role: ROLES.get(role) as Turn['role'], content: content ?? '' }));
  const asks = own.at(-1);
  if (asks?.role !== 'user' || asks.content.trim() === '') return { why: 'no question' };
  const asked = { messages: own, context };
  const template = askDefaults.contextTemplate;
  return { turns: layOut(asked, [], template) as Turn[], text: questionText(asked, template) };
}

import { type Fields, objectOf } from '../../table/fields.js';
import { turnsOf } from '../parts/messages.js';
import { type Reply, replyOf } from '../parts/reply.js';

/** Input, messages and output of a sample. Contents that were stored separately (`attachment://HASH`) are put back. */
export function withAttachments({ input, messages, output, attachments }: Fields): Fields {
  const stored = objectOf(attachments) ?? {};
  const resolve = (value: unknown): unknown => {
    if (typeof value === 'string') {
      const attached = value.startsWith('attachment://') ? stored[value.slice('attachment://'.length)] : undefined;
      return attached ?? value;
    }
    if (Array.isArray(value)) return value.map(resolve);
    const object = objectOf(value);
    return object === null
      ? value
      : Object.fromEntries(Object.entries(object).map(([key, each]) => [key, resolve(each)]));
  };
  if (Object.keys(stored).length === 0) return { input, messages, output };
  return { input: resolve(input), messages: resolve(messages), output: resolve(output) };
}

/** The conversation before the reply: the messages if they were kept, else the input. */
export function inspectMessages(input: unknown, messages: unknown, choice: Fields): Fields {
  const list = listOf(messages);
  const reply = objectOf(choice.message) ?? {};
  const isReply = ({ role, id, content }: Fields): boolean =>
    role === 'assistant' &&
    (id == null || reply.id == null ? textOf(content) === textOf(reply.content) : id === reply.id);
  const at = list.findLastIndex(isReply);
  const before = at < 0 ? list.slice(0, list.findLastIndex(({ role }) => role !== 'assistant') + 1) : list.slice(0, at);
  const asked = before.length > 0 ? before : listOf(input);
  if (asked.length === 0) return typeof input === 'string' ? { prompt: input } : {};
  const turns = turnsOf(asked.map(({ role, content }) => ({ role, content: commonParts(content) }))) ?? [];
  const [only] = turns;
  const plain = turns.length === 1 && only.role === 'user' && only.content !== null && only.media === undefined;
  return plain ? { prompt: only.content } : { messages: turns };
}

/**
 * A choice as a reply. Scorers read the `completion` of the output. If an agent set it to something other than the text
 * of the message (the argument of a submit tool), the completion is the answer, and the tokens of the message do not
 * belong to it.
 */
export function inspectReply(choice: Fields, completion: unknown): Reply {
  const message = objectOf(choice.message) ?? {};
  const text = textOf(message.content);
  const thoughts = listOf(message.content)
    .filter(({ type }) => type === 'reasoning')
    .map(({ reasoning, summary, redacted }) => (redacted === true ? summary : reasoning) ?? '');
  const reasoning = thoughts.join('\n') || message.reasoning;
  const end = choice.stop_reason === 'unknown' ? undefined : choice.stop_reason;
  const reply = replyOf({ content: text, tool_calls: message.tool_calls, reasoning }, end, choice.logprobs);
  if (typeof completion !== 'string' || completion === '' || completion === text) return reply;
  if (reply.finish === 'content_filter' || reply.finish === 'error') return reply;
  const { finish, reasoning: thought } = reply;
  return {
    answer: completion,
    ...(finish === undefined ? {} : { finish: finish === 'tool_calls' ? 'stop' : finish }),
    ...(thought === undefined ? {} : { reasoning: thought }),
  };
}

function listOf(value: unknown): Fields[] {
  return Array.isArray(value) ? value.map((item) => objectOf(item) ?? {}) : [];
}

/** The text of a message as Inspect builds it: its text parts on separate lines. */
function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  return listOf(content)
    .filter(({ type }) => type === 'text')
    .map(({ text }) => String(text ?? ''))
    .join('\n');
}

/** Parts with media, under the keys that other APIs use. */
function commonParts(content: unknown): unknown {
  if (!Array.isArray(content)) return content;
  return listOf(content)
    .filter(({ type }) => type !== 'reasoning')
    .map(({ type, image, audio, video, document, ...part }) => {
      const media = image ?? audio ?? video ?? document;
      return media === undefined ? { type, ...part } : { type, file: media };
    });
}

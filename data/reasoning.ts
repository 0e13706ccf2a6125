import { alignTokens } from './align/align-tokens.js';
import type { LoggedToken } from './align/token-pieces.js';
import { type Fields, isObject } from './check-value.js';
import { partChannels } from './thinking/harmony.js';
import type { Parted } from './thinking/parted.js';
import { thinkingTags } from './thinking/tags.js';

const HEAD = new RegExp(
  [
    String.raw`^\s*(?:<(?:think|thought>|reasoning>|seed:think>|\|channel|\|start\||\|START_THINKING)|\[THINK\]|◁think▷`,
    '|analysis|assistant)',
  ].join(''),
  'i',
);

/** Whether a text may contain reasoning next to its answer. Cheap; never false if `partText` finds some. */
export function holdsReasoning(answer: string): boolean {
  return HEAD.test(answer) || answer.includes('/think') || answer.includes('/THINK]') || answer.includes('<|channel|>');
}

/**
 * Moves the reasoning that a model wrote before its answer from `answer` to `reasoning`, in place, in the record and
 * its samples. It recognises all thinking tags (`thinking/tags.ts`), even if only the closing one was logged, and the
 * channels of gpt-oss. Tokens are cut in the same way; if that is impossible they are removed. An answer that ends
 * during the reasoning becomes ''.
 */
export function partReasoning(record: Fields): void {
  part(record);
  if (!Array.isArray(record.samples)) return;
  for (const sample of record.samples) if (isObject(sample)) part(sample);
  if (record.samples.some(isCall)) record.samples = record.samples.filter((sample) => !isCall(sample));
}

function isCall(sample: unknown): boolean {
  return isObject(sample) && sample.answer === null && sample.finish === 'tool_calls';
}

function part(item: Fields): void {
  if (typeof item.answer !== 'string' || !holdsReasoning(item.answer)) return;
  const parted = partText(item.answer);
  if (parted === null) return;
  const { answer, reasoning } = parted;
  item.answer = answer;
  if (answer === null) item.finish = 'tool_calls';
  item.reasoning = together(item.reasoning, reasoning.trim());
  if (item.reasoning === undefined) delete item.reasoning;
  if (item.tokens != null) cutTokens(item, answer ?? '');
}

/** Joins both without repeating text: servers that return the reasoning separately may also leave it in the answer. */
function together(kept: unknown, found: string): unknown {
  if (typeof kept !== 'string' || kept.trim() === '') return found === '' ? undefined : found;
  return found === '' || kept.includes(found) ? kept : `${kept}\n\n${found}`;
}

function cutTokens(item: Fields, answer: string): void {
  const tokens = [...(item.tokens as Iterable<LoggedToken>)];
  const found = tokens.every((token) => typeof token?.token === 'string') ? alignTokens(tokens, answer, true) : null;
  if (found === null) delete item.tokens;
  else item.tokens = tokens.slice(found.first, found.end);
}

/** Splits a text into reasoning and answer; null if it contains no reasoning. */
export function partText(text: string): Parted | null {
  const channels = partChannels(text);
  if (channels !== null) return { ...channels, answer: channels.answer && unwrapped(channels.answer) };
  const thoughts: string[] = [];
  let rest = text;
  for (let found = cut(rest); found !== null; found = cut(rest)) {
    thoughts.push(found.reasoning.trim());
    rest = (found.answer ?? '').trimStart();
  }
  if (thoughts.length === 0) return null;
  return { answer: unwrapped(rest), reasoning: thoughts.filter((thought) => thought !== '').join('\n\n') };
}

/** Tags whose opening one a chat template may put into the prompt, so that the answer starts inside the reasoning. */
const ALONE = thinkingTags.filter(({ close }) => /[/](?:think(?:ing)?[>▷]|THINK\])/.test(close));

/** Cuts off the reasoning at the start of a text. */
function cut(text: string): Parted | null {
  const start = text.length - text.trimStart().length;
  for (const { open, close } of thinkingTags) {
    const head = text.slice(start, start + open.length);
    if (head !== open && head.toLowerCase() !== open) continue;
    const from = start + open.length;
    const end = head === open ? text.indexOf(close, from) : text.toLowerCase().indexOf(close, from);
    const reasoning = text
      .slice(from, end < 0 ? undefined : end)
      .replace(open === '<|channel>' ? /^thought\n/ : '', '');
    return { answer: end < 0 ? '' : text.slice(end + close.length), reasoning };
  }
  for (const { open, close } of ALONE) {
    const end = text.indexOf(close);
    if (end < 0 || !closesHere(text, end, close.length) || text.slice(0, end).includes(open)) continue;
    return { answer: text.slice(end + close.length), reasoning: text.slice(0, end) };
  }
  return null;
}

/**
 * Whether a closing tag without an opening one really ends the reasoning. It does not in code, in quotes or inside a
 * sentence, where the text only mentions the tag.
 */
function closesHere(text: string, at: number, length: number): boolean {
  const before = text.slice(0, at);
  const after = text.slice(at + length);
  if (/[`"'“‘(\\]$/.test(before) || before.split('```').length % 2 === 0) return false;
  return !/[^\S\n]$/.test(before) || /^[^\S\n]*\n\s*\S/.test(after);
}

/** The answer without the tags that some models put around it after the reasoning, and without their end marks. */
function unwrapped(text: string): string {
  const bare = text.replace(/(?:<\|[^<>|\s]+\|>|<turn\|>|<eos>|<\/s>|\s)+$/, '');
  const said = bare.length < text.trimEnd().length ? bare : text;
  const inner = /^\s*<(answer>|\|START_RESPONSE\|>)([\s\S]*)$/.exec(said);
  return inner === null ? said : inner[2].replace(/<\/answer>\s*$/, '').trim();
}

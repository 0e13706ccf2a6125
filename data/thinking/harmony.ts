import type { Parted } from './parted.js';

const SEGMENT = new RegExp(
  [
    String.raw`(?:<\|start\|>([^<]*))?<\|channel\|>([^<]*)(?:<\|constrain\|>[^<]*)?<\|message\|>([\s\S]*?)(?=<\|(?:end`,
    String.raw`|return|call|start|channel)\|>|$)`,
  ].join(''),
  'g',
);

/**
 * Splits the channels that gpt-oss writes: `analysis` and a `commentary` for the user are reasoning, `final` is the
 * answer, a `commentary` to a function is a tool call. Null if a text contains no channels. Source: the harmony format,
 * https://github.com/openai/harmony, docs/format.md (looked up 2026-11).
 */
export function partChannels(text: string): Parted | null {
  if (!text.includes('<|message|>')) return partFlattened(text);
  const first = text.search(/(?:<\|start\|>[^<]*)?<\|channel\|>/);
  if (first < 0) return null;
  const before = text.slice(0, first).trim();
  if (before !== '' && !before.endsWith('<|end|>')) return null; // mentioned in a text, not written as a mark
  const thoughts = before === '' ? [] : [before.slice(0, -'<|end|>'.length)];
  let answer: string | undefined;
  let called = false;
  for (const [, start = '', channel, said] of text.slice(first).matchAll(SEGMENT)) {
    if (`${start} ${channel}`.includes('to=')) called = true;
    else if (channel.trim() === 'final') answer = said;
    else thoughts.push(said);
  }
  const reasoning = thoughts.map((thought) => thought.trim()).join('\n\n');
  if (answer === undefined && called) return { answer: null, reasoning };
  return { answer: answer ?? '', reasoning };
}

/** The same for text from which a server removed the special tokens: `analysis…assistantfinal…`. */
function partFlattened(text: string): Parted | null {
  const [, thought = '', answer] = /^\s*(?:assistant)?(?:analysis([\s\S]*)assistant)?final([\s\S]*)$/.exec(text) ?? [];
  if (answer === undefined || !text.includes('assistantfinal')) return null;
  return { answer, reasoning: thought.replaceAll(/assistant(?:analysis|commentary)/g, '\n\n') };
}

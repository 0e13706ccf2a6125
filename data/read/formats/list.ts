import { fromOpenAi, isOpenAi } from '../openai.js';
import type { LogFormat } from './log-format.js';

const shim: LogFormat = {
  name: 'openai-chat',
  title: '',
  source: '',
  detect: (row) => (isOpenAi(row) ? 'choices' : null),
  read: (row, { requests }) => [{ record: fromOpenAi(row, requests, 'f', 1) }],
  mapping: [],
  example: '',
};

/** All log formats, in the order in which a row is held against them: the more particular first. */
export const logFormats: readonly LogFormat[] = [shim];

/** Names from before each format had its own: the format is told from the content. */
export const formatAliases = ['openai'] as const;

const byName = new Map<string, LogFormat>();
for (const format of logFormats) {
  if (byName.has(format.name)) throw new Error(`two formats are called ${format.name}`);
  byName.set(format.name, format);
}

/** The format of that name; undefined where there is none. */
export function logFormatNamed(name: string): LogFormat | undefined {
  return byName.get(name);
}

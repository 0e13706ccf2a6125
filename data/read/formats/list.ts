import { llamaCpp } from './llama-cpp.js';
import type { LogFormat } from './log-format.js';
import { ollama } from './ollama.js';
import { openaiChat } from './openai-chat.js';
import { openaiChunks } from './openai-chunks.js';
import { openaiCompletions } from './openai-completions.js';
import { openaiList } from './openai-list.js';
import { openaiResponses } from './openai-responses.js';
import { tgi } from './tgi.js';
import { vllmOffline } from './vllm-offline.js';

/** All log formats, in the order in which a row is held against them: the more particular first. */
export const logFormats: readonly LogFormat[] = [
  vllmOffline,
  llamaCpp,
  ollama,
  tgi,
  openaiList,
  openaiResponses,
  openaiCompletions,
  openaiChunks,
  openaiChat,
];

const byName = new Map<string, LogFormat>();
for (const format of logFormats) {
  if (byName.has(format.name)) throw new Error(`two formats are called ${format.name}`);
  byName.set(format.name, format);
}

/** The format of that name; undefined where there is none. */
export function logFormatNamed(name: string): LogFormat | undefined {
  return byName.get(name);
}

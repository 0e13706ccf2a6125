import { anthropic } from './anthropic.js';
import { bedrock } from './bedrock.js';
import { deepeval } from './deepeval.js';
import { gemini } from './gemini.js';
import { helicone } from './helicone.js';
import { helm } from './helm.js';
import { inspect } from './inspect.js';
import { langfuse } from './langfuse.js';
import { langsmith } from './langsmith.js';
import { litellmSpend } from './litellm-spend.js';
import { llamaCpp } from './llama-cpp.js';
import { lmEval } from './lm-eval.js';
import type { LogFormat } from './log-format.js';
import { mlflowEval } from './mlflow-eval.js';
import { mlflowTrace } from './mlflow-trace.js';
import { ollama } from './ollama.js';
import { openaiChat } from './openai-chat.js';
import { openaiChunks } from './openai-chunks.js';
import { openaiCompletions } from './openai-completions.js';
import { openaiEvals } from './openai-evals.js';
import { openaiList } from './openai-list.js';
import { openaiResponses } from './openai-responses.js';
import { openInference } from './openinference.js';
import { otelGenAi } from './otel-genai.js';
import { promptfoo } from './promptfoo.js';
import { ragas } from './ragas.js';
import { tgi } from './tgi.js';
import { vllmOffline } from './vllm-offline.js';
import { weave } from './weave.js';

/** All log formats, in the order in which a row is held against them: the more particular first. */
export const logFormats: readonly LogFormat[] = [
  lmEval,
  inspect,
  promptfoo,
  openaiEvals,
  helm,
  mlflowEval,
  deepeval,
  ragas,
  langfuse,
  langsmith,
  helicone,
  litellmSpend,
  mlflowTrace,
  weave,
  openInference,
  otelGenAi,
  bedrock,
  anthropic,
  gemini,
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

import { deepeval } from './evaluations/deepeval.js';
import { helm } from './evaluations/helm.js';
import { inspect } from './evaluations/inspect.js';
import { lmEval } from './evaluations/lm-eval.js';
import { mlflowEval } from './evaluations/mlflow-eval.js';
import { promptfoo } from './evaluations/promptfoo.js';
import { ragas } from './evaluations/ragas.js';
import type { LogFormat } from './log-format.js';
import { openaiChat } from './openai/openai-chat.js';
import { openaiChunks } from './openai/openai-chunks.js';
import { openaiCompletions } from './openai/openai-completions.js';
import { openaiEvals } from './openai/openai-evals.js';
import { openaiList } from './openai/openai-list.js';
import { openaiResponses } from './openai/openai-responses.js';
import { anthropic } from './servers/anthropic.js';
import { bedrock } from './servers/bedrock.js';
import { gemini } from './servers/gemini.js';
import { litellmSpend } from './servers/litellm-spend.js';
import { llamaCpp } from './servers/llama-cpp.js';
import { ollama } from './servers/ollama.js';
import { tgi } from './servers/tgi.js';
import { vllmOffline } from './servers/vllm-offline.js';
import { helicone } from './traces/helicone.js';
import { langfuse } from './traces/langfuse.js';
import { langsmith } from './traces/langsmith.js';
import { mlflowTrace } from './traces/mlflow-trace.js';
import { openInference } from './traces/openinference.js';
import { otelGenAi } from './traces/otel-genai.js';
import { weave } from './traces/weave.js';

/** All log formats, in the order in which a row is checked: the more specific ones first. */
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

/** Older names, from before each format had its own. With these, the format is detected from the content. */
export const formatAliases = ['openai'] as const;

const byName = new Map<string, LogFormat>();
for (const format of logFormats) {
  if (byName.has(format.name)) throw new Error(`two formats are called ${format.name}`);
  byName.set(format.name, format);
}

/** The format with this name, ours or one of `own` (readers of plug-ins); undefined if there is none. */
export function logFormatNamed(name: string, own: readonly LogFormat[] = []): LogFormat | undefined {
  return byName.get(name) ?? own.find((format) => format.name === name);
}

/** All formats in the order in which a row is checked: the readers of plug-ins, which the user named, come first. */
export function logFormatsWith(own: readonly LogFormat[] = []): readonly LogFormat[] {
  return own.length === 0 ? logFormats : [...own, ...logFormats];
}

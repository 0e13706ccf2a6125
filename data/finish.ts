/** Finish reasons without an answer: a record with one of them has `answer: null`. */
export const NO_ANSWER = ['tool_calls', 'function_call', 'content_filter', 'error'] as const;

/**
 * Finish reasons in one vocabulary: the name an API uses, in lower case → `stop`, `length`, or one of `NO_ANSWER`.
 * Names of OpenAI, Azure, Anthropic, Gemini, Bedrock, Cohere (v1 and v2), Mistral, DeepSeek
 * (`insufficient_system_resource`), Ollama (`load`, `unload`: nothing was generated), Zhipu (`sensitive`,
 * `network_error`), llama.cpp (`word`, `limit`), TGI, vLLM (`abort`) and SGLang (looked up 2026-11).
 */
const NAMES: Record<string, string> = {
  stop: 'stop',
  end_turn: 'stop',
  stop_sequence: 'stop',
  stop_str: 'stop',
  eos: 'stop',
  eos_token: 'stop',
  word: 'stop',
  completed: 'stop',
  complete: 'stop',
  length: 'length',
  max_tokens: 'length',
  max_output_tokens: 'length',
  model_context_window_exceeded: 'length',
  model_length: 'length',
  limit: 'length',
  max_length: 'length',
  tool_calls: 'tool_calls',
  tool_use: 'tool_calls',
  tool_call: 'tool_calls',
  unexpected_tool_call: 'tool_calls',
  function_call: 'function_call',
  content_filter: 'content_filter',
  content_filtered: 'content_filter',
  safety: 'content_filter',
  recitation: 'content_filter',
  blocklist: 'content_filter',
  prohibited_content: 'content_filter',
  spii: 'content_filter',
  image_safety: 'content_filter',
  language: 'content_filter',
  guardrail_intervened: 'content_filter',
  error_toxic: 'content_filter',
  sensitive: 'content_filter',
  error: 'error',
  failed: 'error',
  malformed_function_call: 'error',
  error_limit: 'error',
  timeout: 'error',
  user_cancel: 'error',
  cancelled: 'error',
  abort: 'error',
  aborted: 'error',
  insufficient_system_resource: 'error',
  load: 'error',
  unload: 'error',
  network_error: 'error',
};

/** The canonical name of a finish reason. An unknown one stays as it is; undefined if there is none. */
export function finishOf(value: unknown): string | undefined {
  if (typeof value !== 'string' || value === '') return undefined;
  const name = value.toLowerCase();
  return Object.hasOwn(NAMES, name) ? NAMES[name] : value;
}

/** Whether a record with this finish reason has no answer. */
export function leavesNoAnswer(finish: string | null | undefined): boolean {
  return (NO_ANSWER as readonly unknown[]).includes(finish);
}

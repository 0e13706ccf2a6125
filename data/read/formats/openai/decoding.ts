import { type Fields, objectOf } from '../../table/fields.js';

/** Settings that control the sampling, by their names in the APIs. */
const STEERING = [
  ...['temperature', 'top_p', 'top_k', 'min_p', 'max_tokens', 'max_completion_tokens', 'max_output_tokens'],
  ...['seed', 'reasoning_effort', 'frequency_penalty', 'presence_penalty', 'repetition_penalty', 'best_of'],
] as const;

/** The settings of a request that control the sampling; undefined if none was logged. */
export function decodingOf(request: Fields): Fields | undefined {
  const known = STEERING.filter((key) => request[key] != null);
  const effort = objectOf(request.reasoning)?.effort;
  const decoding: Fields = Object.fromEntries(known.map((key) => [key, request[key]]));
  if (effort != null) decoding.reasoning_effort = effort;
  return Object.keys(decoding).length === 0 ? undefined : decoding;
}

/** Keys of a request that say how to answer, not what. */
export const requestKeys: ReadonlySet<string> = new Set<string>([
  ...STEERING,
  ...['messages', 'prompt', 'input', 'instructions', 'model', 'n', 'stop', 'stream', 'stream_options', 'logprobs'],
  ...['top_logprobs', 'logit_bias', 'tools', 'tool_choice', 'parallel_tool_calls', 'response_format', 'echo', 'store'],
  ...['modalities', 'include', 'functions', 'function_call', 'extra_body', 'prompt_logprobs', 'add_generation_prompt'],
]);

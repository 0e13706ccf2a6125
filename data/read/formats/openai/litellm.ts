import { type Fields, objectOf } from '../../table/fields.js';
import { listOf } from '../parts/messages.js';

/**
 * LiteLLM's StandardLoggingPayload keeps the request in `messages` and `model_parameters`, next to much accounting.
 * Source: https://docs.litellm.ai/docs/proxy/logging_spec (looked up 2026-11).
 */
export function isLitellm(row: Fields): boolean {
  return 'call_type' in row && ('model_parameters' in row || 'litellm_call_id' in row);
}

/** The request as it was sent. */
export function litellmRequest(row: Fields): Fields {
  const { messages, model } = row;
  const asked =
    typeof messages === 'string' && listOf(messages) === null
      ? { prompt: messages, input: messages }
      : { messages, input: messages };
  return { ...asked, model, ...objectOf(row.model_parameters) };
}

/** Keys with the accounting of a call, which say nothing about its answer. */
export const litellmKeys: ReadonlySet<string> = new Set([
  ...['litellm_call_id', 'call_type', 'response_cost', 'cost_breakdown', 'response_cost_failure_debug_info', 'status'],
  ...['status_fields', 'total_tokens', 'prompt_tokens', 'completion_tokens', 'startTime', 'endTime', 'response_time'],
  ...['completionStartTime', 'model_map_information', 'model', 'model_id', 'model_group', 'api_base', 'cache_hit'],
  ...['custom_llm_provider', 'cache_key', 'saved_cache_cost', 'error_str', 'error_information', 'model_parameters'],
  ...['hidden_params', 'messages', 'requester_ip_address', 'user_agent', 'trace_id', 'stream', 'guardrail_information'],
  ...['standard_built_in_tools_params'],
]);

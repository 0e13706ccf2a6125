import { VouchError } from '../../../../support/errors.js';
import { isObject } from '../../../check-value.js';
import { type Fields, objectOf } from '../../table/fields.js';
import type { LogFormat } from '../log-format.js';
import { bodyOf } from '../stored/body.js';
import { type Asked, inputOf, requestOf } from '../stored/input.js';
import { fromJsonText } from '../stored/json-text.js';
import { recordOf, restOf } from '../stored/record.js';
import { requestFailed } from '../stored/response.js';
import { timeOf } from '../stored/time.js';
import { words } from '../stored/words.js';

/** Rows of LiteLLM_SpendLogs, the table in which the LiteLLM proxy stores its requests. */
export const litellmSpend: LogFormat = {
  name: 'litellm-spend',
  title: 'LiteLLM spend logs',
  source:
    'https://docs.litellm.ai/docs/proxy/ui_logs; model LiteLLM_SpendLogs in schema.prisma of the Python ' +
    'package litellm 1.110.2',
  detect: (row) =>
    ['request_id', 'call_type', 'spend', 'startTime'].every((key) => key in row)
      ? 'request_id, call_type, spend'
      : null,
  read(row) {
    if (/embedding|rerank|moderation|image|speech|transcription|health/i.test(String(row.call_type))) {
      return [{ passed: `a call of type ${row.call_type}, not a model call` }];
    }
    return [{ record: recordIn(row) }];
  },
  mapping: [
    ['id', 'request_id'],
    ['session', 'session_id'],
    ['messages', 'messages, else proxy_server_request'],
    ['answer', 'response, as its API has it; null for tool calls'],
    ['tokens', 'log-probabilities of response'],
    ['model', 'of response, else model'],
    ['decoding', 'of proxy_server_request'],
    ['time', 'startTime'],
  ],
  example:
    '{"request_id": "chatcmpl-1", "call_type": "acompletion", "spend": 0.0001, "startTime": ' +
    '"2026-01-05T10:00:00.000Z", "model": "gpt-4o", "session_id": "s1", "status": "success", "messages": {}, ' +
    '"proxy_server_request": {"model": "gpt-4o", "messages": [{"role": "user", "content": "Capital of ' +
    'Australia?"}], "temperature": 0}, "response": {"id": "chatcmpl-1", "model": "gpt-4o-2024-11-20", ' +
    '"choices": [{"index": 0, "message": {"role": "assistant", "content": "Canberra"}, "finish_reason": ' +
    '"stop"}]}}',
};

const COLUMNS = new Set(
  words(`
  request_id call_type api_key spend total_tokens prompt_tokens completion_tokens startTime endTime
  request_duration_ms completionStartTime model model_id model_group custom_llm_provider api_base cache_hit
  cache_key team_id organization_id requester_ip_address messages response session_id status agent_id
  mcp_namespaced_tool_name billing_agent_id proxy_server_request litellm_call_id created_at updated_at
  `),
);

function recordIn(row: Fields): Fields {
  const response = fromJsonText(row.response);
  const isEmpty = response == null || response === '' || (isObject(response) && Object.keys(response).length === 0);
  if (row.status === 'failure') {
    const why = objectOf(objectOf(row.metadata)?.error_information)?.error_message;
    throw requestFailed(typeof why === 'string' ? why : 'no reason given', 'status');
  }
  const body = isEmpty ? null : bodyOf(response);
  if (body === null) {
    throw new VouchError('BAD_RECORD', 'the row contains no response', {
      field: 'response',
      expected: 'a response of OpenAI, Anthropic or Gemini',
      got: isObject(response) ? Object.keys(response) : response,
      hint: 'LiteLLM stores it if general_settings has store_prompts_in_spend_logs: true.',
    });
  }
  const { id: _, ...said } = body;
  const base = {
    id: row.request_id,
    session: row.session_id,
    model: said.model ?? row.model,
    time: timeOf(row.startTime),
  };
  return { ...restOf(row, COLUMNS), ...recordOf(base, askedIn(row), said) };
}

/** The request as the proxy received it. The column `messages` is empty by default. */
function askedIn(row: Fields): Asked {
  const request = objectOf(row.proxy_server_request);
  const asked =
    request === null || Object.keys(request).length === 0 ? {} : requestOf(objectOf(request.body) ?? request);
  const messages = fromJsonText(row.messages);
  const own = Array.isArray(messages) || typeof messages === 'string' ? inputOf(messages) : {};
  return { ...asked, ...own };
}

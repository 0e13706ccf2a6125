import { VouchError } from '../../../../support/errors.js';
import { isObject } from '../../../check-value.js';
import { type Fields, objectOf } from '../../table/fields.js';
import type { LogFormat } from '../log-format.js';
import { bodyOf } from '../stored/body.js';
import { requestOf } from '../stored/input.js';
import { fromJsonText } from '../stored/json-text.js';
import { labelFrom } from '../stored/labels.js';
import { partOf, recordOf, restOf } from '../stored/record.js';
import { failureIn, requestFailed } from '../stored/response.js';
import { timeOf } from '../stored/time.js';
import { words } from '../stored/words.js';

/** Requests of Helicone: the bodies of OpenAI, Anthropic, Gemini and others as they were sent, with feedback. */
export const helicone: LogFormat = {
  name: 'helicone',
  title: 'Helicone',
  source:
    'https://docs.helicone.ai/rest/request/post-v1requestquery-clickhouse and ' +
    'https://docs.helicone.ai/tools/export (2026-11); HeliconeRequest in github.com/Helicone/helicone',
  detect(row) {
    const rows = rowsIn(row);
    if (rows === null) return null;
    return rows[0] === row ? 'request_body and response_body, or their addresses' : 'a page of requests';
  },
  read: (row) => (rowsIn(row) ?? []).map((item) => partOf(item, () => ({ record: recordIn(item) }))),
  mapping: [
    ['id', 'request_id'],
    ['session', 'Helicone-Session-Id in request_properties'],
    ['messages', 'of request_body, as its API has them'],
    ['answer', 'of response_body, as its API has it; null for tool calls'],
    ['tokens', 'log-probabilities of response_body'],
    ['model', 'of response_body, else response_model, request_model, model'],
    ['decoding', 'of request_body'],
    ['time', 'request_created_at'],
    ['labels', 'feedback_rating, named feedback; scores are kept as they are, because the user chooses their scale'],
  ],
  example:
    '{"request_id": "r1", "request_created_at": "2026-01-05T10:00:00.000Z", "request_body": {"model": ' +
    '"gpt-4o", "messages": [{"role": "user", "content": "Capital of Australia?"}], "temperature": 0}, ' +
    '"response_body": {"id": "chatcmpl-1", "model": "gpt-4o-2024-11-20", "choices": [{"index": 0, "message": ' +
    '{"role": "assistant", "content": "Canberra"}, "finish_reason": "stop"}]}, "response_status": 200, ' +
    '"feedback_rating": true}',
};

/** Columns of Helicone that are read separately or say nothing about the answer. */
const COLUMNS = new Set(
  words(`
  request_id response_id request_created_at response_created_at request_body response_body requestBody
  responseBody request_model response_model model model_override request_path target_url provider response_status
  status delay_ms latency time_to_first_token total_tokens prompt_tokens completion_tokens
  prompt_cache_write_tokens prompt_cache_read_tokens prompt_audio_tokens completion_audio_tokens reasoning_tokens
  signed_body_url llmSchema country_code asset_ids asset_urls cost costUSD cost_usd node_id key_name auth_hash
  job_id user_api_key_preview user_api_key_hash user_api_key_user_id is_cached cache_count cache_enabled
  cache_reference_id cached updated_at ai_gateway_body_mapping storage_location size_bytes feedback_rating
  feedback_id feedback_created_at request_feedback request_prompt response_prompt request_formatted_prompt_id
  prompt_name prompt_regex prompt_id prompt_version request_prompt_values organization_id gateway_router_id
  gateway_deployment_target request_referrer is_passthrough_billing
  `),
);

/** The row itself, or the rows of a page of the API. */
function rowsIn(row: Fields): Fields[] | null {
  if (isRequest(row)) return [row];
  return Array.isArray(row.data) && row.data.length > 0 && row.data.every((item) => isObject(item) && isRequest(item))
    ? row.data
    : null;
}

function isRequest(row: Fields): boolean {
  const bodies = ('request_body' in row && 'response_body' in row) || ('requestBody' in row && 'responseBody' in row);
  const own = [
    'signed_body_url',
    'response_status',
    'response_created_at',
    'request_created_at',
    'request_path',
    'helicone_user',
  ];
  return bodies || ('request_id' in row && own.filter((key) => key in row).length >= 2);
}

function recordIn(row: Fields): Fields {
  const response = fromJsonText(row.response_body ?? row.responseBody);
  const request = objectOf(row.request_body ?? row.requestBody);
  const status = row.response_status ?? row.status;
  const failure = failureIn(response);
  if (failure !== null || (typeof status === 'number' && (status >= 400 || status < 0))) {
    throw requestFailed(
      failure ?? `status ${String(status)}`,
      failure === null ? 'response_status' : 'response_body.error',
    );
  }
  if (response == null || response === '' || (isObject(response) && Object.keys(response).length === 0))
    throw withoutBody(row);
  const body = bodyOf(response);
  if (body === null) {
    throw new VouchError('BAD_RECORD', 'the response is not of an API that vouch knows', {
      field: 'response_body',
      expected: 'a response of OpenAI, Anthropic, Gemini, Bedrock or Ollama',
      got: isObject(response) ? Object.keys(response) : response,
      hint: 'Give the path of the answer: --map answer=response_body.PATH.',
    });
  }
  const { id: _, ...said } = body;
  const properties = objectOf(row.request_properties ?? row.properties);
  const rating = row.feedback_rating ?? objectOf(row.request_feedback)?.rating;
  const word = typeof rating === 'string' ? (RATINGS.get(rating.toLowerCase()) ?? rating) : rating;
  const label = labelFrom(word, 'feedback', { time: timeOf(row.feedback_created_at) });
  const base = {
    id: row.request_id ?? row.id,
    session: properties?.['Helicone-Session-Id'],
    model: said.model ?? row.response_model ?? row.request_model ?? row.model,
    time: timeOf(row.request_created_at ?? row.created_at),
  };
  return {
    ...restOf(row, COLUMNS),
    ...recordOf(base, request === null ? {} : requestOf(request), said),
    ...(label === null ? {} : { labels: [label] }),
  };
}

/** Names of ratings in the SDK. */
const RATINGS = new Map([
  ['positive', 1],
  ['negative', 0],
]);

function withoutBody(row: Fields): VouchError {
  return new VouchError('BAD_RECORD', 'the export contains no bodies', {
    field: 'response_body',
    expected: 'the response',
    got: row.signed_body_url ?? row.response_body,
    hint: 'Export with --include-body.',
  });
}

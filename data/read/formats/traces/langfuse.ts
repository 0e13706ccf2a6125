import { VouchError } from '../../../../support/errors.js';
import { isObject } from '../../../check-value.js';
import { type Fields, objectOf } from '../../table/fields.js';
import type { LogFormat, Part } from '../log-format.js';
import { decodingIn } from '../stored/decoding.js';
import { inputOf } from '../stored/input.js';
import { fromJsonText } from '../stored/json-text.js';
import { isScore, scoresIn } from '../stored/langfuse-scores.js';
import { outputOf } from '../stored/output.js';
import { partOf, recordOf, restOf } from '../stored/record.js';
import { type Body, brokenOff, requestFailed } from '../stored/response.js';
import { timeOf } from '../stored/time.js';
import { words } from '../stored/words.js';

/** Langfuse: observations and traces of its API, of exports from the UI, and of exports to blob storage. */
export const langfuse: LogFormat = {
  name: 'langfuse',
  title: 'Langfuse',
  source:
    'https://langfuse.com/docs/api-and-data-platform/features/blob-storage-export-fields (2026-11); types of ' +
    'the Python package langfuse 5.0.4; exports from the UI: worker/src/features/database-read-stream of ' +
    'github.com/langfuse/langfuse',
  detect(row) {
    const page = pageIn(row);
    if (page !== null) return langfuse.detect(page[0]);
    if (isObservation(row)) return `an observation (type ${row.type}, trace id)`;
    if (isScore(row)) return 'a score (name, value, source)';
    return isTrace(row) ? 'a trace (input, output, and columns of Langfuse)' : null;
  },
  read(row, context) {
    const page = pageIn(row);
    if (page !== null) return page.flatMap((item) => langfuse.read(item, context));
    if (isObservation(row)) return [observationPart(row, row)];
    if (isScore(row)) return [{ passed: 'a score, not an answer' }];
    return traceParts(row);
  },
  mapping: [
    ['id', 'id'],
    ['conversation', 'traceId or trace_id; id of a trace'],
    ['session', 'sessionId or session_id'],
    ['messages', 'input, if it contains messages; also as JSON text'],
    ['prompt', 'input, if it is a text or contains one'],
    [
      'answer',
      'output: a text, a message, a list of messages, a whole completion; null for tool calls, and for a ' +
        'text of level ERROR without a finish reason',
    ],
    ['tokens', 'log-probabilities in output, if it is a whole completion'],
    ['model', 'model, providedModelName or provided_model_name'],
    ['decoding', 'modelParameters or model_parameters'],
    ['time', 'startTime, start_time or timestamp'],
    [
      'labels',
      'scores, and columns of an export from the UI that list the values of a score; name, source ' +
        '(ANNOTATION, API, EVAL). Stars and custom categories need --label-threshold, --label-scale or ' +
        '--label-values',
    ],
  ],
  example: [
    '{"id": "o1", "traceId": "t1", "type": "GENERATION", "startTime": "2026-01-05T10:00:00.000Z", "model": ' +
      '"gpt-4o", "modelParameters": {"temperature": 0}, "input": [{"role": "user", "content": "Capital of ' +
      'Australia?"}], "output": {"role": "assistant", "content": "Canberra"}, "scores": [{"name": ' +
      '"user-feedback", "value": 1, "source": "API", "dataType": "NUMERIC"}]}',
    '{"id": "o2", "trace_id": "t2", "type": "GENERATION", "start_time": "2026-01-05 10:00:01.000000", ' +
      '"provided_model_name": "gpt-4o", "model_parameters": "{\\"temperature\\":0}", "input": ' +
      '"[{\\"role\\":\\"user\\",\\"content\\":\\"Capital of Peru?\\"}]", "output": ' +
      '"{\\"role\\":\\"assistant\\",\\"content\\":\\"Lima\\"}"}',
  ].join('\n'),
};

const TYPES = new Set(
  words(`
  GENERATION SPAN EVENT AGENT TOOL CHAIN RETRIEVER EVALUATOR EMBEDDING GUARDRAIL
  `),
);

/**
 * Columns of Langfuse that say nothing about an answer, or that are read separately. Columns that the user added are
 * kept.
 */
const COLUMNS = new Set(
  words(`
  id traceId trace_id projectId project_id type environment level version release parentObservationId
  parent_observation_id isRootObservation is_root_observation bookmarked public startTime start_time endTime
  end_time timestamp createdAt created_at updatedAt updated_at statusMessage status_message input output model
  modelId model_id internalModelId internal_model_id providedModelName provided_model_name modelParameters
  model_parameters usage usageDetails usage_details costDetails cost_details providedUsageDetails
  provided_usage_details providedCostDetails provided_cost_details totalCost total_cost inputCost outputCost
  inputUsage outputUsage totalUsage unit latency calculatedInputCost calculatedOutputCost calculatedTotalCost
  inputPrice outputPrice totalPrice input_price output_price total_price promptTokens completionTokens totalTokens
  timeToFirstToken time_to_first_token completionStartTime completion_start_time promptId prompt_id promptName
  prompt_name promptVersion prompt_version toolCalls tool_calls toolCallNames tool_call_names toolDefinitions
  tool_definitions usagePricingTierId usage_pricing_tier_id usagePricingTierName usage_pricing_tier_name scores
  observations htmlPath html_path sessionId session_id comments externalId external_id isDeleted is_deleted
  eventTs event_ts traceTimestamp trace_timestamp errorCount warningCount defaultCount debugCount observationCount
  tokens totalCount traceTags trace_tags
  `),
);
/** Columns with what the user wrote. They are kept if they have a value. */
const LET_THROUGH = ['metadata', 'tags', 'userId', 'user_id', 'name', 'traceName', 'trace_name'];
const KNOWN = new Set([...COLUMNS, ...LET_THROUGH]);

/** A page of the API: {data: […], meta}. */
function pageIn(row: Fields): Fields[] | null {
  const { data, meta } = row;
  return Array.isArray(data) && isObject(meta) && data.length > 0 && data.every(isObject) ? data : null;
}

function isObservation(row: Fields): boolean {
  if (typeof row.type !== 'string' || !TYPES.has(row.type)) return false;
  return ['traceId', 'trace_id', 'startTime', 'start_time', 'parentObservationId'].some((key) => key in row);
}

/**
 * A trace has no type. `input` and `output` are common names, so two columns that only Langfuse has are required too.
 */
function isTrace(row: Fields): boolean {
  if (!('output' in row || Array.isArray(row.observations)) || 'answer' in row || 'type' in row) return false;
  const own = [
    'bookmarked',
    'public',
    'release',
    'htmlPath',
    'projectId',
    'project_id',
    'sessionId',
    'session_id',
    'environment',
  ];
  return own.filter((key) => key in row).length >= 2 && 'id' in row;
}

/** The generations of a trace if it contains its observations, else the input and output of the whole trace. */
function traceParts(trace: Fields): Part[] {
  const observations = Array.isArray(trace.observations) ? trace.observations.filter(isObject) : [];
  const generations = observations.filter(({ type }) => type === 'GENERATION');
  if (generations.length === 0) return [observationPart(trace, { ...trace, type: 'GENERATION', traceId: trace.id })];
  const scores = Array.isArray(trace.scores) ? trace.scores.filter(isObject) : [];
  const own = generations.length === 1 ? [null, undefined] : [];
  return observations.map((observation) => {
    const fitting = scores.filter(
      ({ observationId }) => observationId === observation.id || (own as unknown[]).includes(observationId),
    );
    const { scores: beside } = observation;
    const all = Array.isArray(beside) ? [...beside, ...fitting] : fitting;
    const from = { sessionId: trace.sessionId, userId: trace.userId, traceId: trace.id };
    return observationPart(observation, { ...from, ...observation, ...(all.length > 0 ? { scores: all } : {}) });
  });
}

function observationPart(value: unknown, row: Fields): Part {
  if (row.type !== 'GENERATION') return { passed: `an observation of type ${row.type}, not a generation` };
  return partOf(value, () => ({ record: generation(row) }));
}

function generation(row: Fields): Fields {
  const status = row.statusMessage ?? row.status_message;
  const parameters = objectOf(row.modelParameters ?? row.model_parameters);
  const body =
    callIn(row) ?? outputOf(row.output === '' ? null : row.output, { field: 'output', n: Number(parameters?.n) });
  if (body === null) {
    if (row.level === 'ERROR') throw requestFailed(typeof status === 'string' ? status : 'no reason given', 'level');
    throw new VouchError('BAD_RECORD', 'has no answer', {
      field: 'output',
      expected: 'what the model returned',
      got: row.output,
      hint: 'Export the input and output columns (field group io).',
    });
  }
  const { labels, unread, columns } = scoresIn(row, KNOWN);
  const trace = row.traceId ?? row.trace_id;
  const { id: _, ...whole } = body;
  const said = row.level === 'ERROR' ? { ...whole, replies: brokenOff(whole.replies) } : whole;
  const base = {
    id: textOf(row.id),
    conversation: textOf(trace),
    session: textOf(row.sessionId ?? row.session_id),
    model: row.model ?? row.providedModelName ?? row.provided_model_name,
    time: timeOf(row.startTime ?? row.start_time ?? row.timestamp),
    decoding: decodingIn(parameters),
  };
  const beside = restOf({ ...row, ...unread }, unread.scores === undefined ? COLUMNS : withoutScores);
  for (const name of columns) delete beside[name];
  return {
    ...beside,
    ...recordOf(base, inputOf(row.input), said),
    ...(labels.length > 0 ? { labels } : {}),
  };
}

const withoutScores = new Set([...COLUMNS].filter((key) => key !== 'scores'));

/** Newer exports store tool calls in a separate column. */
function callIn(row: Fields): Body | null {
  const calls = fromJsonText(row.toolCalls ?? row.tool_calls);
  const called = Array.isArray(calls) && calls.length > 0;
  return called ? { replies: [{ answer: null, finish: 'tool_calls' }] } : null;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint'
    ? String(value)
    : undefined;
}

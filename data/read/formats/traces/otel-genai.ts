import { VouchError } from '../../../../support/errors.js';
import { type Fields, merged, objectOf } from '../../table/fields.js';
import type { LogFormat, Part } from '../log-format.js';
import { askedIn, isGenAi, otherThanCall, repliesIn } from '../spans/genai.js';
import { callsIn, endsCall, logRecordsIn, onlySpanOf } from '../spans/logs.js';
import { type Span, type SpanEvent, spansIn } from '../spans/span.js';
import { labelFrom, type NamedLabel } from '../stored/labels.js';
import { partOf, recordOf } from '../stored/record.js';
import { brokenOff, requestFailed } from '../stored/response.js';

/**
 * OpenTelemetry's conventions for generative AI: spans with messages in attributes or events, and events as log
 * records.
 */
export const otelGenAi: LogFormat = {
  name: 'otel-genai',
  title: 'OpenTelemetry GenAI',
  source:
    'https://opentelemetry.io/docs/specs/semconv/gen-ai/ (semconv 1.36 to 1.41: spans, events, ' +
    'gen-ai-output-messages.json); Python packages opentelemetry-util-genai 1.3b0, opentelemetry-sdk 1.45.2 ' +
    'and opentelemetry-semantic-conventions-ai 0.5.1',
  detect(row) {
    const records = logRecordsIn(row);
    if (records !== null) return callsIn(records).length > 0 ? 'log records named gen_ai.*' : null;
    const spans = spansIn(row);
    if (spans === null) return null;
    if (spans.some(isGenAi)) return 'spans with gen_ai.* attributes or events';
    return spans.length > 0 || 'resourceSpans' in row || 'resource_spans' in row
      ? 'spans, none of them a model call'
      : null;
  },
  read(row) {
    const records = logRecordsIn(row);
    if (records !== null) return callsIn(records).flatMap(logPart);
    return (spansIn(row) ?? []).map(spanPart);
  },
  pieceOf(row) {
    const records = logRecordsIn(row);
    return records === null ? null : onlySpanOf(records);
  },
  isLast: (row) => (logRecordsIn(row) ?? []).some(endsCall),
  join: (pieces) => ({ logRecords: pieces.flatMap((piece) => logRecordsIn(piece) ?? []) }),
  mapping: [
    ['id', 'gen_ai.response.id, else the span’s id'],
    ['conversation', 'gen_ai.conversation.id, else the trace’s id'],
    ['session', 'session.id'],
    [
      'messages',
      'gen_ai.system_instructions and gen_ai.input.messages; gen_ai.prompt.N.*; events gen_ai.user.message and similar',
    ],
    ['answer', 'gen_ai.output.messages; gen_ai.completion.N.*; event gen_ai.choice; null for tool calls'],
    ['samples', 'further output messages, completions or choices'],
    ['reasoning', 'parts of type reasoning'],
    ['finish', 'finish_reason of the message, else gen_ai.response.finish_reasons'],
    ['model', 'gen_ai.response.model, else gen_ai.request.model'],
    ['decoding', 'gen_ai.request.temperature, top_p, top_k, max_tokens, seed'],
    ['time', 'the span’s start'],
    ['labels', 'events gen_ai.evaluation.result: gen_ai.evaluation.name, score.value or score.label'],
  ],
  example:
    '{"resourceSpans": [{"scopeSpans": [{"spans": [{"traceId": "5b8aa5a2d2c872e8321cf37308d69df2", "spanId": ' +
    '"051581bf3cb55c13", "name": "chat gpt-4o", "startTimeUnixNano": "1767607200000000000", "attributes": ' +
    '[{"key": "gen_ai.operation.name", "value": {"stringValue": "chat"}}, {"key": "gen_ai.request.model", ' +
    '"value": {"stringValue": "gpt-4o"}}, {"key": "gen_ai.input.messages", "value": {"stringValue": ' +
    '"[{\\"role\\":\\"user\\",\\"parts\\":[{\\"type\\":\\"text\\",\\"content\\":\\"Capital of ' +
    'Australia?\\"}]}]"}}, {"key": "gen_ai.output.messages", "value": {"stringValue": ' +
    '"[{\\"role\\":\\"assistant\\",\\"parts\\":[{\\"type\\":\\"text\\",\\"content\\":\\"Canberra\\"}],' +
    '\\"finish_reason\\":\\"stop\\"}]"}}]}]}]}]}',
};

const CAPTURE =
  'Record messages: OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT=span_only (older: true), or ' +
  'TRACELOOP_TRACE_CONTENT=true; if the messages are in log records, give that file.';

function spanPart(span: Span): Part {
  const other = isGenAi(span) ? otherThanCall(span) : 'not a model call';
  return other === null ? partOf(span.value, () => ({ record: recordIn(span) })) : { passed: other };
}

/** A call stored as log records. All its records must be in the same place. */
function logPart(span: Span): Part[] {
  const whole = span.events.some(({ name }) => name === 'gen_ai.client.inference.operation.details');
  const names = span.events.map(({ name }) => name);
  if (names.every((name) => name === 'gen_ai.evaluation.result')) return [{ passed: 'an evaluation, not an answer' }];
  const asked = names.some((name) => /^gen_ai\.(system|user|assistant|tool)\.message$/.test(name));
  const answered = names.includes('gen_ai.choice');
  if (whole || (asked && answered)) return [partOf(span.value, () => ({ record: recordIn(span) }))];
  if (!asked && span.events.every(isFurtherChoice)) return [{ passed: 'a further choice of a call on other lines' }];
  const failed = new VouchError(
    'BAD_RECORD',
    `the ${answered ? 'question' : 'answer'} of this call is missing at this place of the log`,
    {
      field: 'logRecords',
      expected: 'all events of one span together: gen_ai.user.message … gen_ai.choice',
      got: [...new Set(names)].join(', '),
      hint:
        'Put all log records of a call on one line or on consecutive lines, or record messages on spans: ' +
        'OTEL_SEMCONV_STABILITY_OPT_IN=gen_ai_latest_experimental.',
    },
  );
  return [{ failed, value: span.value }];
}

/** A choice after the first. Its call was read with the first choice. */
function isFurtherChoice({ name, body, attributes }: SpanEvent): boolean {
  return name === 'gen_ai.choice' && Number(objectOf(body)?.index ?? attributes.index ?? 0) > 0;
}

function recordIn(span: Span): Fields {
  const found = repliesIn(span);
  if (found === null) {
    if (span.failure !== undefined) throw requestFailed(span.failure, 'status');
    throw new VouchError('BAD_RECORD', 'the span has no answer: its messages were not recorded', {
      field: 'gen_ai.output.messages',
      expected: 'the messages of the call, in attributes or events',
      got: Object.keys(span.attributes),
      hint: CAPTURE,
    });
  }
  const replies = span.failure === undefined ? found : brokenOff(found);
  const all = { ...detailsIn(span.events), ...span.attributes };
  const labels = span.events.filter(({ name }) => name === 'gen_ai.evaluation.result').map(evaluationOf);
  const known = labels.filter((label) => label !== null);
  const base = {
    id: all['gen_ai.response.id'] ?? span.spanId,
    conversation: all['gen_ai.conversation.id'] ?? span.traceId,
    session: all['session.id'] ?? all['traceloop.association.properties.session_id'],
    time: span.time,
    traceId: span.traceId,
    spanId: span.spanId,
  };
  return { ...recordOf(base, askedIn(span), { replies }), ...(known.length > 0 ? { labels: known } : {}) };
}

function detailsIn(events: SpanEvent[]): Fields {
  const details = events.filter(({ name }) => name !== 'gen_ai.evaluation.result');
  return merged(details.map(({ attributes }) => attributes));
}

function evaluationOf({ attributes: a }: SpanEvent): NamedLabel | null {
  const name = a['gen_ai.evaluation.name'];
  if (typeof name !== 'string') return null;
  return labelFrom(a['gen_ai.evaluation.score.value'] ?? a['gen_ai.evaluation.score.label'], name);
}

import { isObject } from '../../../check-value.js';
import { boundedJson } from '../../json/bounded-json.js';
import { type Fields, objectOf } from '../../table/fields.js';
import { timeOf } from '../stored/time.js';
import { attributesOf, plainOf } from './attributes.js';

/** An event of a span, or a log record about it. */
export interface SpanEvent {
  name: string;
  attributes: Fields;
  /** The body of a log record, apart from its attributes. */
  body?: unknown;
}

/** A span, from any form in which it was stored. */
export interface Span {
  traceId?: string;
  spanId?: string;
  name: string;
  attributes: Fields;
  events: SpanEvent[];
  time?: string;
  /** Why it failed, if it did. */
  failure?: string;
  /** The kind by OpenInference, if the export has a column for it. */
  kind?: string;
  value: unknown;
}

/**
 * The spans of a row: OTLP's {resourceSpans: [{scopeSpans: [{spans}]}]} (also in snake_case, and Tempo's `batches`),
 * Jaeger's {data: [{spans}]}, a page {data: [span]}, one span as SDKs print it, or one row of ClickHouse. Null if there
 * are none.
 */
export function spansIn(row: Fields): Span[] | null {
  const resources = row.resourceSpans ?? row.resource_spans ?? row.batches;
  if (Array.isArray(resources)) {
    return objects(resources)
      .flatMap((item) => objects(item.scopeSpans ?? item.scope_spans ?? item.instrumentationLibrarySpans))
      .flatMap((item) => objects(item.spans))
      .map(spanOf);
  }
  const { data, spans } = row;
  const traces = Array.isArray(data) && data.length > 0 ? objects(data) : null;
  if (traces?.every((item) => Array.isArray(item.spans)) === true) {
    return traces.flatMap((item) => objects(item.spans)).map(spanOf);
  }
  if (traces?.every(isSpan) === true) return traces.map(spanOf);
  if (Array.isArray(spans) && spans.length > 0 && objects(spans).every(isSpan)) return objects(spans).map(spanOf);
  const span = fromClickHouse(row);
  return isSpan(span) ? [spanOf(span)] : null;
}

export function objects(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** Whether an object is a span: it has ids of trace and span, and attributes or tags. */
function isSpan(row: Fields): boolean {
  const context = objectOf(row.context) ?? {};
  const ids = [row.traceId, row.trace_id, row.traceID, context.trace_id, context.traceId, row['context.trace_id']];
  const own = [row.spanId, row.span_id, row.spanID, context.span_id, context.spanId, row['context.span_id'], row.id];
  if (!ids.some(isText) || !own.some(isText)) return false;
  return (
    objectOf(row.attributes) !== null || Array.isArray(row.attributes) || Array.isArray(row.tags) || hasColumns(row)
  );
}

/** Whether a row is from a table of spans with one column per attribute. */
function hasColumns(row: Fields): boolean {
  return Object.keys(row).some((key) => key.startsWith('attributes.'));
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

/** Renames the columns of the table that the collector's ClickHouse exporter writes to the usual names of spans. */
function fromClickHouse(row: Fields): Fields {
  if (!isText(row.TraceId) || row.SpanAttributes == null) return row;
  const names = Array.isArray(row['Events.Name']) ? row['Events.Name'] : [];
  const attributes = Array.isArray(row['Events.Attributes']) ? row['Events.Attributes'] : [];
  return {
    traceId: row.TraceId,
    spanId: row.SpanId,
    name: row.SpanName,
    attributes: row.SpanAttributes,
    start_time: row.Timestamp,
    status_code: String(row.StatusCode).toUpperCase(),
    status_message: row.StatusMessage,
    events: names.map((name, i) => ({ name, attributes: objectOf(attributes[i]) ?? {} })),
  };
}

function spanOf(row: Fields): Span {
  const context = objectOf(row.context) ?? {};
  const traceId =
    row.traceId ?? row.trace_id ?? row.traceID ?? context.trace_id ?? context.traceId ?? row['context.trace_id'];
  const id =
    row.spanId ?? row.span_id ?? row.spanID ?? context.span_id ?? context.spanId ?? row['context.span_id'] ?? row.id;
  const events = row.events ?? row.logs;
  const attributes = { ...columns(row), ...attributesOf(objectOf(row.attributes) ?? row.attributes ?? row.tags) };
  return {
    traceId: isText(traceId) ? String(traceId).replace(/^0x/, '') : undefined,
    spanId: isText(id) ? String(id).replace(/^0x/, '') : undefined,
    name: String(row.name ?? row.operationName ?? ''),
    attributes,
    events: [
      ...objects(typeof events === 'string' ? listIn(events) : events).map(eventOf),
      ...eventsBeside(attributes),
    ],
    time: timeOf(row.startTimeUnixNano ?? row.start_time_unix_nano ?? row.start_time ?? row.startTime),
    failure: failureOf(row),
    kind: typeof row.span_kind === 'string' ? row.span_kind : undefined,
    value: row,
  };
}

function columns(row: Fields): Fields {
  const own = Object.entries(row).filter(([key, value]) => key.startsWith('attributes.') && value != null);
  return Object.fromEntries(own.map(([key, value]) => [key.slice('attributes.'.length), value]));
}

/** Pydantic AI stores its events as JSON in one attribute. */
function eventsBeside({ events }: Fields): SpanEvent[] {
  const list = typeof events === 'string' ? objects(listIn(events)) : [];
  return list.filter((event) => isText(event['event.name'])).map((event) => eventOf({ attributes: event }));
}

/** An event of a span. In Jaeger's logs its name is one of the fields. */
function eventOf(event: Fields): SpanEvent {
  const attributes = attributesOf(event.attributes ?? event.fields);
  const { body } = event;
  return {
    name: String(
      event.name || event.eventName || event.event_name || attributes['event.name'] || attributes.event || '',
    ),
    attributes,
    ...(body == null ? {} : { body: plainOf(body) }),
  };
}

/** A log record as an event: it has the same names and attributes. */
export function logEventOf(record: Fields): SpanEvent {
  return eventOf({ ...record, name: record.eventName ?? record.event_name });
}

function listIn(text: string): unknown {
  try {
    return boundedJson(text);
  } catch {
    return [];
  }
}

/** Status 2 is an error in OTLP; SDKs print its name. */
function failureOf(row: Fields): string | undefined {
  const status = objectOf(row.status) ?? {};
  const code = status.code ?? status.status_code ?? status.statusCode ?? row.status_code;
  if (code !== 2 && !/^(STATUS_CODE_)?ERROR$/.test(String(code))) return undefined;
  const said = [status.message, status.description, row.status_message].find(isText);
  return said === undefined ? 'no reason given' : String(said);
}

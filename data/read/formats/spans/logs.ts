import { appendAt } from '../../../../support/append.js';
import type { Fields } from '../../table/fields.js';
import { timeOf } from '../stored/time.js';
import { logEventOf, objects, type Span } from './span.js';

/**
 * The log records of a row: OTLP's {resourceLogs: [{scopeLogs: [{logRecords}]}]}, or one record as an SDK prints it.
 * Null if there are none.
 */
export function logRecordsIn(row: Fields): Fields[] | null {
  const resources = row.resourceLogs ?? row.resource_logs;
  if (Array.isArray(resources)) {
    return objects(resources)
      .flatMap((item) => objects(item.scopeLogs ?? item.scope_logs))
      .flatMap((item) => objects(item.logRecords ?? item.log_records));
  }
  if (Array.isArray(row.logRecords)) return objects(row.logRecords);
  const isRecord = 'body' in row && ('trace_id' in row || 'traceId' in row) && nameOf(row).startsWith('gen_ai.');
  return isRecord ? [row] : null;
}

function nameOf(record: Fields): string {
  return logEventOf(record).name;
}

/** An id without the 0x that SDKs write; undefined if there is none. */
function idOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value.replace(/^0x/, '') : undefined;
}

/** The span to which a record belongs. */
function spanKey(record: Fields): string {
  return `${String(record.traceId ?? record.trace_id ?? '')}/${String(record.spanId ?? record.span_id ?? '')}`;
}

/**
 * The records of model calls as spans: the records of one span become its events. An event that contains a whole call
 * is a span of its own.
 */
export function callsIn(records: readonly Fields[]): Span[] {
  const groups = new Map<string, Fields[]>();
  for (const record of records) {
    if (!nameOf(record).startsWith('gen_ai.')) continue;
    const whole = nameOf(record) === 'gen_ai.client.inference.operation.details';
    const key = whole ? `${groups.size}` : spanKey(record);
    appendAt(groups, key, record);
  }
  return [...groups.values()].map((group) => {
    const [{ traceId, trace_id: trace, spanId, span_id: span }] = group;
    return {
      traceId: idOf(traceId ?? trace),
      spanId: idOf(spanId ?? span),
      name: '',
      attributes: {},
      events: group.map(logEventOf),
      time: timeOf(
        group[0].timeUnixNano ?? group[0].time_unix_nano ?? group[0].timestamp ?? group[0].observedTimeUnixNano,
      ),
      value: group,
    };
  });
}

/** The span to which all records of a row belong. Null if there are several, or if a record contains a whole call. */
export function onlySpanOf(records: readonly Fields[]): string | null {
  const own = records.filter((record) => nameOf(record).startsWith('gen_ai.'));
  const keys = new Set(own.map(spanKey));
  const whole = own.some((record) => nameOf(record) === 'gen_ai.client.inference.operation.details');
  const [key] = keys;
  return keys.size === 1 && !whole && key !== '/' ? key : null;
}

/** Whether a record contains what the model answered. */
export function endsCall(record: Fields): boolean {
  return nameOf(record) === 'gen_ai.choice';
}

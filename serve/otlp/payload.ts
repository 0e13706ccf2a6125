import { shortest } from '../../scorer/batch/out/shortest.js';
import type { Score } from '../../scorer/scorer.js';
import { isMadeId } from '../made-id.js';
import type { TraceContext } from './trace-parent.js';

/** A scored answer, as an event says it. */
export interface ScoredEvent {
  /** Milliseconds since 1970. */
  time: number;
  context: TraceContext;
  /** Name of the model that wrote the answer, if it is known. */
  model: string | null;
  score: Pick<Score, 'id' | 'probability' | 'decision' | 'why' | 'missing' | 'pattern' | 'claim' | 'bundle'>;
}

/** A request in which answers were scored. */
export interface RequestSpan {
  context: TraceContext;
  name: string;
  start: number;
  end: number;
  method: string;
  route: string;
  status: number;
  answers: number;
  /** The answer, if there was exactly one. */
  only: ScoredEvent | null;
}

/** Who sends. */
interface Resource {
  service: string;
  version: string;
}

/** The name of the score, and of the event as OpenTelemetry's conventions for generative AI define it. */
const SCORE = 'vouch.correctness';
const EVENT = 'gen_ai.evaluation.result';
const INFO = 9;
const SERVER = 2;
const ERROR = 2;

type Value = string | number | null | undefined;

/** Attributes in the form of OTLP/JSON; those without a value are left out. Whole numbers are sent as texts. */
function attributes(values: Readonly<Record<string, Value>>): object[] {
  return Object.entries(values).flatMap(([key, value]) => {
    if (value === null || value === undefined) return [];
    return [{ key, value: typeof value === 'number' ? { doubleValue: value } : { stringValue: value } }];
  });
}

function whole(key: string, value: number): object {
  return { key, value: { intValue: String(value) } };
}

/** Milliseconds since 1970 as nanoseconds. They are more digits than a double has. */
function nanos(ms: number): string {
  return String(BigInt(Math.round(1000 * ms)) * 1000n);
}

/** The attributes of an evaluation, by the names of OpenTelemetry semantic conventions for GenAI events. */
function evaluation({ model, score }: ScoredEvent): object[] {
  const { id, probability, decision, why, missing, claim, pattern, bundle } = score;
  const because = why === null ? (claim === null ? null : `accepted by the claim ${claim}`) : why;
  const lacking = missing === null || missing.length === 0 ? '' : `: ${missing.join(', ')}`;
  return attributes({
    'gen_ai.evaluation.name': SCORE,
    'gen_ai.evaluation.score.value': shortest(probability),
    'gen_ai.evaluation.score.label': decision,
    'gen_ai.evaluation.explanation': because === null ? null : `${because}${lacking}`,
    'gen_ai.response.id': isMadeId(id) ? null : id,
    'gen_ai.response.model': model,
    ...{ 'vouch.pattern': pattern, 'vouch.claim': claim, 'vouch.bundle': bundle },
  });
}

const scope = (version: string) => ({ name: 'vouch', version });
const resource = ({ service, version }: Resource) => ({
  attributes: attributes({ 'service.name': service, 'service.version': version }),
});

/** A request for `/v1/logs`. An event belongs to the caller's span, if there is one. */
export function logsRequest(events: readonly ScoredEvent[], from: Resource): object {
  const logRecords = events.map((event) => {
    const { traceId, spanId, parentId, isSampled } = event.context;
    return {
      ...{ timeUnixNano: nanos(event.time), observedTimeUnixNano: nanos(event.time) },
      ...{ severityNumber: INFO, severityText: 'INFO', eventName: EVENT, attributes: evaluation(event) },
      ...{ traceId, spanId: parentId ?? spanId, flags: isSampled ? 1 : 0 },
    };
  });
  return { resourceLogs: [{ resource: resource(from), scopeLogs: [{ scope: scope(from.version), logRecords }] }] };
}

/** A request for `/v1/traces`. If one answer was scored, the span has the attributes of its evaluation too. */
export function tracesRequest(spans: readonly RequestSpan[], from: Resource): object {
  const made = spans.map(({ context, name, start, end, method, route, status, answers, only }) => ({
    ...{ traceId: context.traceId, spanId: context.spanId },
    ...(context.parentId === null ? {} : { parentSpanId: context.parentId }),
    ...{ flags: 1, name, kind: SERVER, startTimeUnixNano: nanos(start), endTimeUnixNano: nanos(end) },
    attributes: [
      ...attributes({ 'http.request.method': method, 'http.route': route }),
      whole('http.response.status_code', status),
      whole('vouch.answers', answers),
      ...(only === null ? [] : evaluation(only)),
    ],
    status: status >= 500 ? { code: ERROR } : {},
  }));
  return { resourceSpans: [{ resource: resource(from), scopeSpans: [{ scope: scope(from.version), spans: made }] }] };
}

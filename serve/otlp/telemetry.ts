import type { FastifyBaseLogger, FastifyReply, FastifyRequest } from 'fastify';
import { Counter, Gauge, type Registry } from 'prom-client';
import type { Logged } from '../../data/token-list.js';
import type { Score } from '../../scorer/scorer.js';
import type { CommonOptions, OtlpOptions } from '../options.js';
import { newSeldom } from '../seldom.js';
import type { StoredRow } from '../store/stored-row.js';
import { logsRequest, type RequestSpan, type ScoredEvent, tracesRequest } from './payload.js';
import { newSender } from './sender.js';
import { type TraceContext, traceContext } from './trace-parent.js';

type Scored = (record: Logged, score: Score, row?: StoredRow | null) => void;

/** Seconds at the end in which what waits is sent. */
const CLOSING = 5;

/** Tells OpenTelemetry what a service scores: spans of requests, and an event per scored answer. */
export interface Telemetry {
  /** Passes scores of a request on, and tells each. Never waits and never fails. */
  scored(request: FastifyRequest, count: Scored): Scored;
  /** Ends the span of a request, if it scored answers. */
  over(request: FastifyRequest, reply: FastifyReply): void;
  close(): Promise<void>;
}

interface Told {
  context: TraceContext;
  answers: number;
  last: ScoredEvent | null;
}

/** Begins to send, in the background. What cannot be sent is counted and logged. */
export function openTelemetry(
  { url, headers, queue: most, send, service, backOff }: OtlpOptions,
  { registry, log, vouch }: { registry: Registry; log: FastifyBaseLogger } & Pick<CommonOptions, 'vouch'>,
): Telemetry {
  const failed = (signal: 'spans' | 'events') => {
    const isTime = newSeldom();
    return (reason: string) => {
      if (!isTime()) return;
      const { waiting, dropped, rejected } = senders[signal];
      log.error({ signal, reason, waiting, dropped, rejected }, 'the OTLP receiver does not take what was scored');
    };
  };
  const from = { service, version: vouch };
  const at = (path: string) => `${url.replace(/\/+$/, '')}${path}`;
  const senders = {
    spans: newSender<RequestSpan>({
      ...{ url: at('/v1/traces'), headers, most, backOff, refusedAs: 'rejectedSpans', failed: failed('spans') },
      request: (spans) => tracesRequest(spans, from),
    }),
    events: newSender<ScoredEvent>({
      ...{ url: at('/v1/logs'), headers, most, backOff, refusedAs: 'rejectedLogRecords', failed: failed('events') },
      request: (events) => logsRequest(events, from),
    }),
  };
  countThem(senders, registry);
  const told = new WeakMap<FastifyRequest, Told>();
  return {
    scored: (request, count) => {
      const own: Told = { context: traceContext(request.headers.traceparent), answers: 0, last: null };
      told.set(request, own);
      return (record, score, row) => {
        count(record, score, row);
        if (score.probability === null) return;
        own.answers++;
        own.last = { time: Date.now(), context: own.context, model: record.model ?? null, score };
        if (send.includes('events')) senders.events.add(own.last);
      };
    },
    over: (request, reply) => {
      const own = told.get(request);
      if (own === undefined || own.answers === 0 || !own.context.isSampled || !send.includes('spans')) return;
      const end = Date.now();
      senders.spans.add({
        ...{ context: own.context, name: 'vouch.score', start: end - reply.elapsedTime, end },
        ...{ method: request.method, route: request.routeOptions.url ?? '', status: reply.statusCode },
        ...{ answers: own.answers, only: own.answers === 1 ? own.last : null },
      });
    },
    close: async () => {
      await Promise.all(Object.values(senders).map((sender) => sender.close(CLOSING)));
      const dropped = senders.spans.dropped + senders.events.dropped;
      if (dropped > 0) log.error({ dropped }, 'spans and events were not sent');
    },
  };
}

interface Counted {
  waiting: number;
  sent: number;
  dropped: number;
  rejected: number;
}

function countThem(senders: Readonly<Record<string, Counted>>, registry: Registry): void {
  const registers = [registry];
  new Counter({
    name: 'vouch_otlp_items_total',
    help: 'Spans and events that were sent, dropped because too many waited, or rejected by the receiver.',
    labelNames: ['signal', 'result'],
    registers,
    collect() {
      this.reset();
      for (const [signal, sender] of Object.entries(senders)) {
        for (const result of ['sent', 'dropped', 'rejected'] as const) this.inc({ signal, result }, sender[result]);
      }
    },
  });
  new Gauge({
    name: 'vouch_otlp_waiting',
    help: 'Spans and events that wait to be sent.',
    labelNames: ['signal'],
    registers,
    collect() {
      for (const [signal, { waiting }] of Object.entries(senders)) this.set({ signal }, waiting);
    },
  });
}

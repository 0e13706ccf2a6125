import type { FastifyBaseLogger } from 'fastify';
import { Counter, Gauge, type Registry } from 'prom-client';
import type { Outcome } from '../../store/feedback/feedback.js';
import { openWriter } from '../../store/thread/writer.js';
import type { ScoredRow } from '../../store/write/scored.js';
import type { Sent } from '../../store/write/write.js';
import { tenantsOf } from '../http/tenants.js';
import type { StoreOptions } from '../options.js';
import { newSeldom } from '../seldom.js';
import type { Keep } from './stored-row.js';

/** Seconds that a service waits at its end until everything is stored. */
const CLOSING = 10;

/** Stores what a service scores, and the feedback that it gets. */
export interface Keeper {
  keep: Keep;
  /** Takes a scored answer. Never waits and never fails: what cannot be stored is counted and logged. */
  scored(row: ScoredRow): void;
  /** What became of feedback, once it is on the disk. Errors: STORE_UNAVAILABLE, STORE_BAD, BUSY. */
  feedback(sent: Sent): Promise<Outcome[]>;
  /** The tenant of a client, and of a sender of feedback, by the key of the request. */
  tenantOf: ReturnType<typeof tenantsOf>;
  senderOf: ReturnType<typeof tenantsOf>;
  close(): Promise<void>;
}

/** Opens the store of a service, with metrics about it. Errors: those of opening. */
export async function openKeeper(
  { place, queue, texts, clients, feedbackKeys }: StoreOptions,
  registry: Registry,
  log: FastifyBaseLogger,
): Promise<Keeper> {
  const isTime = newSeldom();
  const say = (fields: object, what: string) => {
    if (isTime()) log.error(fields, what);
  };
  const writer = await openWriter({
    place,
    most: queue,
    failed: ({ code, message }) => say({ code, reason: message, waiting: writer.waiting }, 'the store does not write'),
  });
  const registers = [registry];
  new Gauge({
    name: 'vouch_store_waiting',
    help: 'Scored answers that wait to be stored.',
    registers,
    collect() {
      this.set(writer.waiting);
    },
  });
  new Counter({
    name: 'vouch_store_answers_total',
    help: 'Scored answers that were stored, or dropped because too many waited.',
    labelNames: ['result'],
    registers,
    collect() {
      this.reset();
      this.inc({ result: 'stored' }, writer.written);
      this.inc({ result: 'dropped' }, writer.dropped);
    },
  });
  const feedback = new Counter({
    name: 'vouch_feedback_total',
    help: 'Feedback by kind and by what became of it.',
    labelNames: ['kind', 'result'],
    registers,
  });
  return {
    keep: texts ? 'texts' : 'signals',
    tenantOf: tenantsOf(clients),
    senderOf: tenantsOf(feedbackKeys),
    scored: (row) => {
      const before = writer.dropped;
      writer.keep(row);
      if (writer.dropped > before) {
        say({ dropped: writer.dropped, waiting: writer.waiting }, 'scored answers are not stored: too many wait');
      }
    },
    feedback: async (sent) => {
      const outcomes = await writer.take(sent);
      outcomes.forEach(({ status, repeated, code }, i) => {
        feedback.inc({ kind: sent.feedback[i].kind, result: repeated ? 'repeated' : (code ?? status).toLowerCase() });
      });
      return outcomes;
    },
    close: () => writer.close(CLOSING),
  };
}

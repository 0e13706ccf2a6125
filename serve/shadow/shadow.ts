import type { FastifyBaseLogger } from 'fastify';
import type { Registry } from 'prom-client';
import type { Logged } from '../../data/token-list.js';
import type { Score } from '../../scorer/scorer.js';
import { type Live, openLive } from '../bundle/live.js';
import { watch } from '../bundle/watch.js';
import type { CommonOptions } from '../options.js';
import { newSeldom } from '../seldom.js';
import { shadowMetrics } from './shadow-metrics.js';

/** A challenger: a bundle that scores what the bundle in service scores, and whose scores are only counted. */
export interface Shadow {
  /** Takes an answer and its score. Never waits and never fails: the challenger scores it later, or not at all. */
  scored(record: Logged, score: Score): void;
  close(): Promise<void>;
}

/** The most answers that wait for the challenger. */
const MOST_WAITING = 256;
/** After each score the challenger rests this many times as long, so that it takes a fifth of a core at most. */
const REST = 4;
/** Seconds until the next try to open a challenger that cannot be opened. */
const AGAIN = 10;

type ShadowOptions = Pick<CommonOptions, 'watch' | 'naming' | 'pinning' | 'plugins' | 'encoders'>;

/**
 * Opens a challenger in the background. A challenger that cannot be opened, or fails, is logged and counted; the service
 * goes on without it. A new bundle in its folder is loaded as for the bundle in service.
 */
export function openShadow(
  dir: string,
  { watch: seconds, naming, pinning, plugins, encoders }: ShadowOptions,
  { registry, log }: { registry: Registry; log: FastifyBaseLogger },
): Shadow {
  const metrics = shadowMetrics(registry);
  const waiting: { record: Logged; score: Score }[] = [];
  const isTime = newSeldom();
  let live: Live | null = null;
  let unwatch = () => {};
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;
  let isBusy = false;

  const failed = (error: unknown, what: string) => {
    if (isTime()) log.error({ reason: error instanceof Error ? error.message : String(error) }, what);
  };
  const open = async () => {
    try {
      const opened = await openLive({
        ...{ dir, naming, pinning, plugins, encoders },
        ran: () => {},
        swapped: (loaded) => {
          metrics.inUse(loaded);
          log.info({ version: loaded.version, digest: loaded.scorer.digest }, 'challenger in use');
        },
      });
      if (isClosed) return await opened.close();
      live = opened;
      if (seconds > 0) {
        unwatch = watch(opened, dir, seconds, { refused: (error) => failed(error, 'a new challenger was refused') });
      }
    } catch (error) {
      failed(error, 'the challenger cannot be opened');
      if (isClosed) return;
      timer = setTimeout(() => (opening = open()), 1000 * AGAIN);
      timer.unref();
    }
  };
  let opening = open();

  const one = async () => {
    const next = waiting.shift();
    if (next === undefined || live === null || isClosed) {
      isBusy = false;
      return;
    }
    const loaded = live.take();
    const began = performance.now();
    try {
      metrics.compared(next.score, await loaded.score(next.record));
    } catch (error) {
      metrics.result('failed');
      failed(error, 'the challenger failed');
    } finally {
      live.give(loaded);
    }
    setTimeout(() => void one(), REST * (performance.now() - began)).unref();
  };

  return {
    scored: (record, score) => {
      if (live === null || score.probability === null) return;
      if (record.answer === null) return metrics.result('skipped'); // a thread has the record
      if (waiting.length >= MOST_WAITING) return metrics.result('dropped');
      waiting.push({ record, score });
      if (isBusy) return;
      isBusy = true;
      setImmediate(() => void one()); // after the reply
    },
    close: async () => {
      isClosed = true;
      clearTimeout(timer);
      unwatch();
      await opening;
      await live?.close();
    },
  };
}

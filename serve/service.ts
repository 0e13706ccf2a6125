import type { FastifyInstance } from 'fastify';
import { isOld, OLD_BUNDLE } from '../models/bundle/manifest.js';
import { newApp } from './app.js';
import { openLive } from './bundle/live.js';
import { watch } from './bundle/watch.js';
import { newGoing } from './http/going.js';
import { newMetrics } from './metrics.js';
import type { ServeOptions } from './options.js';
import type { Parts, Route } from './parts.js';
import { documented } from './routes/documented.js';
import { health } from './routes/health.js';
import { infer } from './routes/infer.js';
import { metricsRoute } from './routes/metrics.js';
import { models } from './routes/models.js';
import { reload } from './routes/reload.js';
import { score } from './routes/score.js';

/** All routes, in the order in which the documentation shows them. */
const routes: readonly Route[] = [score, health, models, infer, metricsRoute, reload];

export interface Service {
  app: FastifyInstance;
  /** Readiness becomes false, so that a load balancer sends no more requests. */
  retire(): void;
}

/** The scoring service, before it listens. Errors: those of opening the bundle. `app.close()` closes everything. */
export async function openService(options: ServeOptions): Promise<Service> {
  const going = newGoing();
  const metrics = newMetrics(() => going.inFlight);
  const app = newApp(options, going, metrics.over);
  const live = await openLive({
    dir: options.model,
    ran: metrics.ran,
    naming: options.naming,
    pinning: options.pinning,
    plugins: options.plugins,
    swapped: (loaded) => {
      metrics.swapped(loaded);
      app.log.info({ version: loaded.version, digest: loaded.scorer.digest, way: loaded.way }, 'bundle in use');
      if (isOld(loaded.scorer.manifest)) app.log.warn({ version: loaded.version }, OLD_BUNDLE);
    },
  });
  const refused = (error: unknown) => {
    metrics.refused();
    app.log.error(
      { reason: error instanceof Error ? error.message : String(error), kept: live.now.version },
      'a new bundle was refused',
    );
  };
  let retired = false;
  const parts: Parts = {
    live,
    refused,
    metrics,
    options,
    ready: () => !retired,
    scored: options.logRecords
      ? (record, result) => {
          metrics.scored(result);
          app.log.info({ record, score: result }, 'scored');
        }
      : (_, result) => metrics.scored(result),
  };
  const unwatch = options.watch > 0 ? watch(live, options.model, options.watch, { refused }) : () => {};
  await documented(app, options);
  for (const route of routes) app.register(async (inner) => route(inner, parts));
  app.addHook('onClose', async () => {
    unwatch();
    await live.close();
  });
  const retire = () => {
    retired = true;
    going.retire();
  };
  return { app, retire };
}

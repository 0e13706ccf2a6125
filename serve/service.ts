import type { FastifyInstance } from 'fastify';
import { isOld, OLD_BUNDLE } from '../models/bundle/manifest.js';
import { withDashboard } from './dashboard/with-dashboard.js';
import { openWatched } from './open-watched.js';
import type { ServeOptions } from './options.js';
import type { Parts, Route } from './parts.js';
import { documented } from './routes/documented.js';
import { health } from './routes/health.js';
import { infer } from './routes/infer.js';
import { metricsRoute } from './routes/metrics.js';
import { models } from './routes/models.js';
import { reload } from './routes/reload.js';
import { score } from './routes/score.js';
import { feedbackRoute } from './store/feedback-route.js';

/** All routes, in the order in which the documentation shows them. */
const routes: readonly Route[] = [score, health, models, infer, metricsRoute, reload];

export interface Service {
  app: FastifyInstance;
  /** Readiness becomes false, so that a load balancer sends no more requests. */
  retire(): void;
}

/** The scoring service, before it listens. Errors: those of opening the bundle. `app.close()` closes everything. */
export async function openService(options: ServeOptions): Promise<Service> {
  const { app, metrics, live, keeper, telemetry, shadow, refused, ready, retire, unwatch } = await openWatched(
    options,
    (log, loaded) => {
      const { version, way, scorer } = loaded;
      log.info({ version, digest: scorer.digest, way }, 'bundle in use');
      if (isOld(scorer.manifest)) log.warn({ version }, OLD_BUNDLE);
    },
  );
  const parts: Parts = {
    keeper,
    telemetry,
    live,
    refused,
    metrics,
    options,
    ready,
    scored: (record, result) => {
      metrics.scored(result);
      if (options.logRecords) app.log.info({ record, score: result }, 'scored');
      shadow?.scored(record, result);
    },
  };
  await documented(app, options);
  if (keeper !== null) {
    app.register(async (inner) => feedbackRoute(inner, { keeper, path: '/v1/feedback', most: options.mostRecords }));
  }
  withDashboard(app, { options, live, keeper, base: '/dashboard' });
  for (const route of routes) app.register(async (inner) => route(inner, parts));
  app.addHook('onClose', async () => {
    await unwatch();
    await live.close();
    await keeper?.close();
  });
  return { app, retire };
}

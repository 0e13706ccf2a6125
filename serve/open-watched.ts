import type { FastifyInstance } from 'fastify';
import { closing } from '../support/closing.js';
import { newApp } from './app.js';
import { type Live, openLive } from './bundle/live.js';
import type { Loaded } from './bundle/loaded.js';
import type { ReadPolicy } from './bundle/policy-in-use.js';
import { watch } from './bundle/watch.js';
import { newGoing } from './http/going.js';
import { type Metrics, newMetrics } from './metrics.js';
import { scheduleMonitor } from './monitor/schedule.js';
import type { CommonOptions } from './options.js';
import { openTelemetry, type Telemetry } from './otlp/telemetry.js';
import { openShadow, type Shadow } from './shadow/shadow.js';
import { type Keeper, openKeeper } from './store/keeper.js';

/** What the scoring service and the gateway share: the bare app, metrics, and a bundle that is watched for changes. */
interface Watched {
  app: FastifyInstance;
  metrics: Metrics;
  live: Live;
  keeper: Keeper | null;
  telemetry: Telemetry | null;
  /** Null: there is no challenger. */
  shadow: Shadow | null;
  /** Counts and logs that a new bundle was refused, with the reason. */
  refused(error: unknown): void;
  /** False after a stop signal. */
  ready(): boolean;
  /** Readiness becomes false, so that a load balancer sends no more requests. */
  retire(): void;
  /** Stops watching for changes of the bundle, the challenger, and running the monitor; sends what waits for OTLP. */
  unwatch(): Promise<void>;
}

/**
 * `inUse` logs each bundle that comes into use, including the first one. `readPolicy` reads the policy that a bundle
 * must hold. Errors: those of opening the bundle; those of `readPolicy`.
 */
export async function openWatched(
  options: CommonOptions,
  inUse: (log: FastifyInstance['log'], loaded: Loaded) => void,
  readPolicy?: ReadPolicy,
): Promise<Watched> {
  const going = newGoing();
  const metrics = newMetrics(() => going.inFlight);
  const app = newApp(options, going, metrics.over);
  const { otlp, vouch } = options;
  const telemetry =
    otlp === undefined ? null : openTelemetry(otlp, { registry: metrics.registry, log: app.log, vouch });
  if (telemetry !== null) app.addHook('onResponse', async (request, reply) => telemetry.over(request, reply));
  const keeper = options.store === undefined ? null : await openKeeper(options.store, metrics.registry, app.log);
  const live = await openLive({
    dir: options.model,
    ran: metrics.ran,
    naming: options.naming,
    pinning: options.pinning,
    plugins: options.plugins,
    encoders: options.encoders,
    keep: keeper?.keep,
    readPolicy,
    swapped: (loaded) => {
      metrics.swapped(loaded);
      inUse(app.log, loaded);
      if (loaded.missing !== undefined) app.log.warn(loaded.missing);
    },
  }).catch(closing(keeper));
  const refused = (error: unknown) => {
    metrics.refused();
    const reason = error instanceof Error ? error.message : String(error);
    app.log.error({ reason, kept: live.now.version }, 'a new bundle was refused');
  };
  const around = { registry: metrics.registry, log: app.log };
  const { store, monitor: schedule, model, pinning } = options;
  const monitor =
    store === undefined || schedule === undefined
      ? null
      : await scheduleMonitor({
          ...{ store: store.place, monitor: schedule, model, pinning },
          ...around,
        })
          .catch(closing(live))
          .catch(closing(keeper));
  const shadow = options.shadow === undefined ? null : openShadow(options.shadow, options, around);
  const unwatchBundle = options.watch > 0 ? watch(live, options.model, options.watch, { refused }) : () => {};
  let retired = false;
  return {
    app,
    metrics,
    live,
    keeper,
    telemetry,
    shadow,
    refused,
    ready: () => !retired,
    retire: () => {
      retired = true;
      going.retire();
    },
    unwatch: async () => {
      unwatchBundle();
      await shadow?.close();
      await Promise.all([monitor?.stop(), telemetry?.close()]); // what the store still has to write waits for both
    },
  };
}

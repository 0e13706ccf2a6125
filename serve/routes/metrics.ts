import type { Route } from '../parts.js';

/**
 * GET /metrics for Prometheus. Requires a key if the service has keys, because probabilities reveal something about the
 * questions.
 */
export const metricsRoute: Route = (app, { metrics: { registry } }) => {
  const schema = { tags: ['operation'], summary: 'Metrics for Prometheus.' };
  app.get('/metrics', { config: { reserved: true }, schema }, async (_, reply) => {
    reply.header('content-type', registry.contentType);
    return registry.metrics();
  });
};

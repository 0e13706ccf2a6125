import type { Route } from '../parts.js';

/** GET /metrics for Prometheus. Wants a key where the service does: probabilities tell something of what is asked. */
export const metricsRoute: Route = (app, { metrics: { registry } }) => {
  const schema = { tags: ['operation'], summary: 'Counts for Prometheus.' };
  app.get('/metrics', { config: { reserved: true }, schema }, async (_, reply) => {
    reply.header('content-type', registry.contentType);
    return registry.metrics();
  });
};

import type { FastifyReply } from 'fastify';
import type { Route } from '../parts.js';

/**
 * Liveness and readiness of the service and of its models, by the Open Inference Protocol. Open to anyone, because
 * probes send no key.
 */
export const health: Route = (app, { ready }) => {
  const tags = ['health'];
  app.get(
    '/v2/health/live',
    { config: { access: 'open' }, schema: { tags, summary: 'Whether the process answers.' } },
    (_, reply) => {
      reply.send({ live: true });
    },
  );
  app.get(
    '/v2/health/ready',
    {
      config: { access: 'open' },
      schema: { tags, summary: 'Whether the service takes requests; 503 after a stop signal.' },
    },
    (_, reply) => answer(reply, ready()),
  );
};

function answer(reply: FastifyReply, ready: boolean): void {
  if (!ready) reply.code(503).header('retry-after', '1');
  reply.send({ ready });
}

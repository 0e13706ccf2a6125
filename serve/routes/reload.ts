import type { Route } from '../parts.js';

/**
 * POST /v1/admin/reload: checks the bundle's folder now. If the bundle cannot be opened, the error says why, and the
 * old one stays.
 */
export const reload: Route = (app, { live, refused }) => {
  const schema = {
    tags: ['operation'],
    summary: 'Opens the bundle in the folder, if it is a different one. Requires an admin key.',
    security: [{ key: [] }],
  };
  app.post('/v1/admin/reload', { config: { access: 'admin' }, schema }, async (_, reply) => {
    const change = await live.reload().catch((error: unknown) => {
      refused(error);
      throw error;
    });
    const { version, scorer } = live.now;
    reply.send({ change, version, digest: scorer.digest });
    return reply;
  });
};

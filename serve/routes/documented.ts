import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { VouchError } from '../../support/errors.js';
import type { CommonOptions } from '../options.js';

/** The path of the page. The document itself is at /openapi.json. */
const PAGE = '/docs';
/** Paths of its files. */
const OWN = /^\/docs(?:\/[\w-][\w.-]{0,99}){0,5}\/?$/;

/**
 * The OpenAPI document of the routes that are registered after it, and a page that shows it. All files of the page come
 * from this service. Open to anyone.
 */
export async function documented(
  app: FastifyInstance,
  { vouch, keys }: Pick<CommonOptions, 'vouch' | 'keys'>,
): Promise<void> {
  app.addHook('onRoute', (route) => {
    if (route.url === '/openapi.json' || route.url.startsWith(PAGE)) {
      route.config = { ...route.config, access: 'open' };
      route.schema = { ...route.schema, hide: true } as typeof route.schema;
    }
  });
  app.addHook('onRequest', (request, _, done) => {
    const { url } = request;
    const odd = url.startsWith(PAGE) && !OWN.test(url.split('?', 1)[0]); // the file server reads some names differently
    done(odd ? new VouchError('NOT_FOUND', 'there is nothing here') : undefined);
  });
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'vouch serve', version: vouch, description: 'How likely is it that this LLM answer is right?' },
      components: { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } },
      ...(keys.length === 0 ? {} : { security: [{ key: [] }] }),
    },
  });
  await app.register(swaggerUi, { routePrefix: PAGE, indexPrefix: '' });
  app.get('/openapi.json', (_, reply) => {
    reply.send(app.swagger());
  });
}

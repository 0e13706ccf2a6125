import fastify, { type FastifyInstance, LogController } from 'fastify';
import { VouchError } from '../support/errors.js';
import { arrivals } from './http/arriving.js';
import { brokenRequests } from './http/broken-request.js';
import { collectBody } from './http/collect-body.js';
import { errorBody, replyError } from './http/error-reply.js';
import type { Going } from './http/going.js';
import { admit, type Gate, guard } from './http/guard.js';
import { keysOf } from './http/keys.js';
import { rateOf } from './http/rate.js';
import { type CommonOptions, serveDefaults } from './options.js';

/** Milliseconds between two checks for requests that take too long to arrive. */
const CHECK_EVERY = 1000;
/** The longest time in milliseconds for the headers of a request, even if its body may take longer. */
const MOST_HEADERS = 60_000;

/**
 * The bare service: limits, keys, logs, errors. Handlers get bodies as bytes, whatever the content type says. The
 * handlers check their input themselves (the schemas only document it) and send text. So Fastify neither checks nor
 * serialises anything a second time.
 */
export function newApp(options: CommonOptions, going: Going, over: Gate['over']): FastifyInstance {
  const { keys, adminKeys, store, rate, inFlight, timeout, bodyLimit, logLevel, logRequests } = options;
  const feedbackKeys = (store?.feedbackKeys ?? []).map(({ key }) => key);
  const broken = brokenRequests();
  const app = fastify({
    bodyLimit,
    requestTimeout: 1000 * timeout,
    http: { headersTimeout: Math.min(1000 * timeout, MOST_HEADERS), connectionsCheckingInterval: CHECK_EVERY },
    return503OnClosing: false, // requests on open connections are answered until the service stops
    forceCloseConnections: 'idle',
    logger: { level: logLevel, stream: options.log ?? process.stderr },
    logController: new LogController({ disableRequestLogging: true }),
    routerOptions: { maxParamLength: 500 },
    frameworkErrors: (error, request, reply) => replyError(error, request, reply),
    clientErrorHandler: broken.end,
  });
  broken.watch(app.server);
  app.server.on('checkExpectation', (_, response) => {
    const body = errorBody(new VouchError('BAD_REQUEST', 'unknown expectation', { expected: '100-continue' }), false);
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      connection: 'close',
    };
    response.writeHead(417, headers).end(body);
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', collectBody(bodyLimit));
  app.setValidatorCompiler(() => () => true);
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  app.addHook(
    'onRequest',
    guard(
      {
        keys: keys.length === 0 ? null : keysOf(keys),
        admin: adminKeys.length === 0 ? null : keysOf(adminKeys),
        feedback: feedbackKeys.length === 0 ? null : keysOf(feedbackKeys),
        most: inFlight,
        arrivals: arrivals(serveDefaults.arriving * bodyLimit),
        rate: rate === null ? null : rateOf(rate),
        over,
      },
      going,
    ),
  );
  app.addHook('preHandler', admit);
  if (logRequests) {
    app.addHook('onResponse', (request, reply, done) => {
      const path = request.url.split('?', 1)[0]; // the query is not logged: it may contain anything
      const { method, ip } = request;
      const ms = Math.round(1000 * reply.elapsedTime) / 1000;
      request.log.info({ method, path, ip, status: reply.statusCode, ms }, 'request');
      done();
    });
  }
  app.setErrorHandler(replyError);
  app.setNotFoundHandler((request, reply) => {
    replyError(
      new VouchError('NOT_FOUND', 'there is nothing here', { got: request.url.split('?', 1)[0] }),
      request,
      reply,
    );
  });
  return app;
}

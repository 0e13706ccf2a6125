import fastify from 'fastify';

/**
 * The least a service can do: Fastify as it comes, which parses the body and answers a constant. Says where it is on
 * standard output.
 */
const app = fastify();
const constant = { id: 'q0', probability: 0.5, decision: 'accept' };
const schema = {
  response: {
    200: {
      type: 'object',
      properties: { id: { type: 'string' }, probability: { type: 'number' }, decision: { type: 'string' } },
    },
  },
};
app.post('/v1/score', { schema }, async () => constant);
process.stdout.write(`${JSON.stringify({ url: await app.listen({ host: '127.0.0.1', port: 0 }) })}\n`);

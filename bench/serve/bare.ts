import fastify from 'fastify';

/**
 * The least that a service can do: plain Fastify that parses the body and returns a constant. It prints its address.
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

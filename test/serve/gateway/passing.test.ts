import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { openGateway } from '../../../serve/gateway/gateway.js';
import { gatewayOptions } from '../../support/serving.js';
import { ends, question, replay, standing, useGateways, yes } from '../../support/standing-gateway.js';

useGateways();

describe('everything else', () => {
  it('passes unharmed: other paths, methods, bodies of any kind, the query, status and headers', async () => {
    const { url, asked } = await standing(({ url: path }, response) => {
      if (path.startsWith('/v1/files'))
        return response
          .writeHead(201, { 'content-type': 'x/y', 'set-cookie': ['a=1', 'b=2'] })
          .end(Buffer.from([0, 255, 128]));
      response.writeHead(418, { 'x-own': 'kept' }).end('{"broken":');
    });
    const bytes = Uint8Array.from({ length: 100_000 }, (_, i) => i % 256);
    const file = await fetch(`${url}/v1/files?q=%20a`, {
      method: 'PUT',
      body: bytes,
      headers: { 'x-mine': '1', authorization: 'Bearer mine' },
    });
    expect([file.status, file.headers.getSetCookie(), Buffer.from(await file.arrayBuffer())]).toEqual([
      201,
      ['a=1', 'b=2'],
      Buffer.from([0, 255, 128]),
    ]);
    expect(asked[0]).toMatchObject({ method: 'PUT', url: '/v1/files?q=%20a', body: Buffer.from(bytes) });
    expect(asked[0].headers).toMatchObject({ 'x-mine': '1', authorization: 'Bearer mine' });
    const models = await fetch(`${url}/v1/models`);
    expect([models.status, models.headers.get('x-own'), await models.text()]).toEqual([418, 'kept', '{"broken":']);
    const bad = await fetch(`${url}/v1/chat/completions`, { method: 'POST', body: '{"messages":' });
    expect([bad.status, await bad.text(), asked[2].body.toString()]).toEqual([418, '{"broken":', '{"messages":']);
  });

  it.each([400, 401, 404, 429, 500, 503])('passes a refusal with its status and its bytes: %i', async (status) => {
    const { post, asked } = await standing((_, response) => {
      response
        .writeHead(status, { 'content-type': 'application/json', 'retry-after': '7' })
        .end('{"error": {"message":"no"}}');
    });
    const reply = await post(question);
    expect([reply.status, reply.headers.get('retry-after'), await reply.text()]).toEqual([
      status,
      '7',
      '{"error": {"message":"no"}}',
    ]);
    const retried = [400, 404, 500].includes(status); // once as the client sent it
    expect(asked.map(({ body }) => JSON.parse(body.toString()).logprobs)).toEqual(retried ? [true, undefined] : [true]);
    expect(reply.headers.get('x-vouch-decision')).toBe('unscored');
  });

  it.each([
    ['of 2 MB', `{"error":{"message":"${'no logprobs here. '.repeat(120_000)}"}}`],
    ['that names limits without end', `{"error":{"message":"logprobs${' between 1 <= x'.repeat(100_000)}"}}`],
  ])('passes a refusal %s whole, and quickly', async (_, text) => {
    const { post, asked } = await standing((_, response) => response.writeHead(400).end(text));
    const reply = await post(question);
    expect([reply.status, (await reply.text()) === text, asked.length]).toEqual([400, true, 2]);
  });

  it('asks without log-probabilities where they are refused, and does not ask again', async () => {
    const { post, asked } = await standing((given, response, request) => {
      const { logprobs } = JSON.parse(given.body.toString());
      if (logprobs)
        return response.writeHead(400).end('{"error":{"message":"logprobs is not supported with this model"}}');
      return replay(given, response, request);
    });
    for (let i = 0; i < 2; i++) {
      const { vouch } = (await (await post(question)).json()) as { vouch: unknown };
      expect(vouch).toMatchObject({ scored: true, pattern: 'free', decision: null });
    }
    expect(asked.map(({ body }) => JSON.parse(body.toString()).logprobs)).toEqual([true, undefined, undefined]);
  });

  it('says 502 where there is no upstream, and 504 where it takes too long; 502 where it breaks off', async () => {
    const { app } = await openGateway(gatewayOptions(yes, 'http://127.0.0.1:1'));
    ends.push(() => app.close());
    const none = await app.inject({ method: 'POST', url: '/v1/chat/completions', payload: question });
    expect([none.statusCode, none.json().error.code]).toEqual([502, 'VOUCH_ENDPOINT_FAILED']);
    const { post } = await standing(
      async ({ body }, response) => {
        if (JSON.parse(body.toString()).user === 'torn')
          return response.writeHead(200, { 'content-length': '100' }).write('{', () => response.destroy());
        await sleep(5000);
      },
      { timeout: 1 },
    );
    expect((await post({ ...question, user: 'torn' })).status).toBe(502);
    expect((await post(question)).status).toBe(504);
  });

  it('wants its own key where it has keys, and shows the upstream its own', async () => {
    const { post, url, asked } = await standing(replay, { keys: ['mine'], upstream: { url: '', key: 'theirs' } });
    expect((await post(question)).status).toBe(401);
    expect((await fetch(`${url}/vouch/health/ready`)).status).toBe(200);
    const headers = { authorization: 'Bearer mine' };
    expect((await post(question, { headers })).status).toBe(200);
    expect(asked.map((each) => each.headers.authorization)).toEqual(['Bearer theirs']);
    const metrics = await (await fetch(`${url}/vouch/metrics`, { headers })).text();
    expect(metrics).toContain('vouch_gateway_answers_total{outcome="scored"} 1');
  });
});

import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { replayApis } from '../../support/fake-apis.js';
import type { Asked, Upstream } from '../../support/fake-upstream.js';
import { question, replay, standing, useGateways } from '../../support/standing-gateway.js';

useGateways();

type Body = Record<string, unknown>;
const bodyOf = ({ body }: Asked): Body => JSON.parse(body.toString());

/** What each API asks for on the client's behalf. */
const asks: Record<string, (body: Body) => boolean> = {
  '/v1/chat/completions': ({ logprobs }) => logprobs === true,
  '/v1/completions': ({ logprobs }) => logprobs != null,
  '/v1/responses': ({ include }) => include != null,
};
const bodies: Record<string, Body> = {
  '/v1/chat/completions': question,
  '/v1/completions': { model: 'm1', prompt: 'Capital?' },
  '/v1/responses': { model: 'm1', input: 'Capital?' },
};

const good: Upstream = (asked, response, request) =>
  asked.url.endsWith('/chat/completions') ? replay(asked, response, request) : replayApis(asked, response, request);

/** An upstream that does `fail` where log-probabilities are asked for, and answers else. */
function failing(fail: (response: ServerResponse) => unknown): Upstream {
  return (asked, response, request) =>
    asks[asked.url](bodyOf(asked)) ? fail(response) : good(asked, response, request);
}

async function posting(handler: Upstream, more: object = {}) {
  const { url, asked } = await standing(handler, more);
  const post = (path: string, body: object, headers: Record<string, string> = {}) =>
    fetch(`${url}${path}`, { method: 'POST', body: JSON.stringify(body), headers });
  const asking = () => asked.map((each) => asks[each.url](bodyOf(each)));
  return { post, asked, asking };
}

const json = (status: number, body: unknown) => (response: ServerResponse) =>
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
const stream = (response: ServerResponse) => response.writeHead(200, { 'content-type': 'text/event-stream' });
const events = (...data: unknown[]) =>
  data.map((each) => `data: ${typeof each === 'string' ? each : JSON.stringify(each)}\n\n`).join('');
const vouchIn = (text: string) => JSON.parse(/"vouch":(\{.*?\})/.exec(text)?.[1] ?? 'null');
const role = { id: 'x', choices: [{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }] };

const whole: [string, (response: ServerResponse) => unknown][] = [
  ...[400, 403, 404, 422, 500, 502].map((status): [string, (response: ServerResponse) => unknown] => [
    `${status}`,
    json(status, { error: { message: 'no' } }),
  ]),
  ['200 with an error in it', json(200, { error: { message: 'no', code: 500 } })],
  ['200 with a page', (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>')],
  ['200 with nothing', (response) => response.writeHead(200, { 'content-type': 'application/json' }).end()],
  ['a reset connection', (response) => response.socket?.destroy()],
  [
    'a torn body',
    (response) => response.writeHead(200, { 'content-length': '1000' }).write('{"choices":[', () => response.destroy()),
  ],
];
const streams: [string, (response: ServerResponse) => unknown][] = [
  ...whole,
  ['a reset stream', (response) => stream(response).write(': ping\n\n', () => response.destroy())],
  ['an empty stream', (response) => stream(response).end()],
  ['an error first', (response) => stream(response).end(events({ error: { message: 'no' } }, '[DONE]'))],
  ['an error of its own kind', (response) => stream(response).end('event: error\ndata: {"message":"no"}\n\n')],
  ['llama.cpp’s error', (response) => stream(response).end('error: {"code":500,"message":"no"}\n\n')],
  ['vLLM’s error', (response) => stream(response).end(events({ object: 'error', message: 'no', code: 400 }))],
];

describe.each(Object.keys(bodies))('%s', (path) => {
  it.each(whole)('fails with log-probabilities, %s: asked again without, and answered', async (_, fail) => {
    const { post, asking, asked } = await posting(failing(fail));
    const reply = await post(path, bodies[path]);
    expect(reply.status).toBe(200);
    expect(((await reply.json()) as Body).vouch).toMatchObject({ scored: true, pattern: 'free' });
    expect(asking()).toEqual([true, false]);
    expect(bodyOf(asked[1])).toEqual(bodies[path]);
  });

  it.each(streams)('fails with log-probabilities in a stream, %s: asked again without', async (_, fail) => {
    const { post, asking } = await posting(failing(fail));
    const reply = await post(path, { ...bodies[path], stream: true });
    const text = await reply.text();
    expect(reply.status).toBe(200);
    expect(reply.headers.get('content-type')).toBe('text/event-stream');
    expect(vouchIn(text)).toMatchObject({ scored: true, pattern: 'free' });
    expect(text).not.toMatch(/"no"|ping/);
    expect(asking()).toEqual([true, false]);
  });

  it.each([401, 429, 503])('passes a failure of another kind: %i', async (status) => {
    const { post, asking } = await posting(failing(json(status, { error: { message: 'later' } })));
    expect((await post(path, bodies[path])).status).toBe(status);
    expect(asking()).toEqual([true]);
  });
});

describe('a stream that fails', () => {
  const path = '/v1/chat/completions';
  const asked = { ...question, stream: true };
  const azure = { id: '', model: '', created: 0, choices: [], prompt_filter_results: [] };

  it.each([
    ['empty chunks, then an error', events(azure, role, { error: { message: 'no' } })],
    ['empty chunks, then the end', events(azure, role, '[DONE]')],
  ])('after %s is asked for again', async (_, text) => {
    const { post, asking } = await posting(failing((response) => stream(response).end(text)));
    expect(vouchIn(await (await post(path, asked)).text())).toMatchObject({ scored: true, pattern: 'free' });
    expect(asking()).toEqual([true, false]);
  });

  it('by not beginning is asked for again', async () => {
    const { post, asking } = await posting(
      failing((response) => stream(response).flushHeaders()),
      { timeout: 1 },
    );
    expect(vouchIn(await (await post(path, asked)).text())).toMatchObject({ scored: true, pattern: 'free' });
    expect(asking()).toEqual([true, false]);
  });

  it('after its first words is passed on as it is', async () => {
    const words = { ...role, choices: [{ index: 0, delta: { content: 'Can' }, finish_reason: null }] };
    const { post, asking } = await posting(
      failing((response) => stream(response).end(events(words, { error: { message: 'died' } }, '[DONE]'))),
    );
    const text = await (await post(path, asked)).text();
    expect(text).toContain('died');
    expect(vouchIn(text)).toMatchObject({ scored: false, why: 'no answer', finish: 'error' });
    expect(asking()).toEqual([true]);
  });

  it('before its first words, but later than a second, is passed on as it is', async () => {
    const { post, asking } = await posting(
      failing(async (response) => {
        stream(response).write(events(role));
        await sleep(4000);
        response.end(events({ error: { message: 'died' } }));
      }),
    );
    const began = performance.now();
    const reply = await post(path, asked);
    expect(performance.now() - began).toBeLessThan(3500);
    expect(await reply.text()).toContain('died');
    expect(asking()).toEqual([true]);
  });

  it.each([
    ['broke off', [role]],
    ['ended without an end', [role, { ...role, choices: [{ index: 0, delta: { content: 'Can' } }] }]],
    ['said nothing', [role, '[DONE]']],
    ['holds no choice', ['[DONE]']],
  ])('also without log-probabilities: %s, is unscored', async (_, data) => {
    const { post } = await posting((_, response) => stream(response).end(events(...data)), { askLogprobs: false });
    const text = await (await post(path, asked)).text();
    expect(vouchIn(text)).toEqual({
      scored: false,
      probability: null,
      decision: null,
      why: 'no answer',
      finish: 'error',
    });
  });
});

describe('what is learnt', () => {
  const path = '/v1/chat/completions';

  it('is nothing where the request fails without, too; that failure is passed on', async () => {
    let refuse = true;
    const { post, asking } = await posting((asked, response, request) => {
      const { logprobs } = bodyOf(asked);
      if (!refuse) return good(asked, response, request);
      return json(logprobs ? 400 : 404, { error: { message: logprobs ? 'no logprobs' : 'no such model' } })(response);
    });
    for (let i = 0; i < 3; i++) {
      const reply = await post(path, question);
      expect([reply.status, await reply.text()]).toEqual([404, '{"error":{"message":"no such model"}}']);
      expect(reply.headers.get('x-vouch-decision')).toBe('unscored');
    }
    refuse = false;
    expect(((await (await post(path, question)).json()) as Body).vouch).toMatchObject({ pattern: 'free+logprobs' });
    expect(asking()).toEqual([true, false, true, false, true, false, true]);
  });

  it('is nothing of one server error, nor of two with an answer between', async () => {
    let fails = [true, false, true, false];
    const { post, asking } = await posting((asked, response, request) => {
      const fail = bodyOf(asked).logprobs === true && fails.shift() === true;
      return fail ? json(500, { error: { message: 'no' } })(response) : good(asked, response, request);
    });
    for (let i = 0; i < 4; i++) await (await post(path, question)).text();
    expect(asking()).toEqual([true, false, true, true, false, true]);
    fails = [true, true];
    for (let i = 0; i < 3; i++) await (await post(path, question)).text();
    expect(asking().slice(6)).toEqual([true, false, true, false, false]);
  });

  it('is a step down where the endpoint finds fault with the number', async () => {
    const { post, asked } = await posting((given, response, request) => {
      const most = Number(bodyOf(given).top_logprobs ?? 0);
      if (most > 3) return json(400, { error: { message: 'top_logprobs: at most 3' } })(response);
      return good(given, response, request);
    });
    for (let i = 0; i < 2; i++) {
      const { vouch } = (await (await post(path, question)).json()) as Body;
      expect(vouch).toMatchObject({ pattern: 'free+logprobs' });
    }
    expect(asked.map((each) => bodyOf(each).top_logprobs)).toEqual([5, 3, 3]);
  });

  it('is of one model and one API', async () => {
    const { post, asking } = await posting(failing(json(403, { error: { message: 'no logprobs for you' } })));
    for (const model of ['m1', 'm2', 'm1']) await (await post(path, { ...question, model })).text();
    await (await post('/v1/responses', bodies['/v1/responses'])).text();
    expect(asking()).toEqual([true, false, true, false, false, true, false]);
  });
});

it('the second request has another idempotency key, so that it is not answered with the first one’s failure', async () => {
  const { post, asked } = await posting(failing(json(500, {})));
  await (await post('/v1/chat/completions', question, { 'idempotency-key': 'k' })).text();
  expect(asked.map(({ headers }) => headers['idempotency-key'])).toEqual(['k', 'k-plain']);
});

it('an answer that is longer than the gateway reads passes, unscored', async () => {
  const { post } = await posting(good, { bodyLimit: 2000 });
  const body = { ...question, logprobs: true, top_logprobs: 20 };
  const reply = await post('/v1/chat/completions', body);
  const text = await reply.text();
  expect([reply.status, reply.headers.get('x-vouch-decision')]).toEqual([200, 'unscored']);
  expect(JSON.parse(text).choices[0].logprobs.content).toHaveLength(5);
});

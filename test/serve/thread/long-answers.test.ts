import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Fields } from '../../../data/check-value.js';
import { readBundle } from '../../../models/bundle/read.js';
import { openLive } from '../../../serve/bundle/live.js';
import type { Loaded } from '../../../serve/bundle/loaded.js';
import { openVerified } from '../../../serve/bundle/open-verified.js';
import { apis } from '../../../serve/gateway/apis/list.js';
import { readAsk } from '../../../serve/gateway/upstream/ask.js';
import { judge } from '../../../serve/gateway/verdict/judge.js';
import type { Judge } from '../../../serve/gateway/verdict/judging.js';
import { scoreBody } from '../../../serve/routes/score-body.js';
import { openService } from '../../../serve/service.js';
import type { ScoreJob } from '../../../serve/thread/jobs.js';
import { newSide } from '../../../serve/thread/side.js';
import { serveOptions } from '../../support/serving.js';
import { standing, useGateways } from '../../support/standing-gateway.js';
import { writeTinyBundle } from '../../support/tiny-bundle.js';

useGateways();

const dir = mkdtempSync(join(tmpdir(), 'vouch-long-'));
const bundle = join(dir, 'bundle');
const options = { mostRecords: 100, timeout: 60, logRecords: false };
let loaded: Loaded;
let app: FastifyInstance;

beforeAll(async () => {
  await writeTinyBundle(bundle);
  loaded = await openVerified(bundle, { ran: () => {} });
  ({ app } = await openService(serveOptions(bundle, { timeout: 60 })));
}, 60_000);
afterAll(async () => {
  await app.close();
  await loaded.close();
  rmSync(dir, { recursive: true });
});

/** An answer of n tokens with 5 alternatives each. */
function answer(n: number): { answer: string; tokens: { token: string; logprob: number; top: object[] }[] } {
  const tokens = Array.from({ length: n }, (_, i) => ({
    token: `w${i % 97} `,
    logprob: -((i % 13) + 1) / 10,
    top: Array.from({ length: 5 }, (_, k) => ({
      token: k === 0 ? `w${i % 97} ` : `x${k}`,
      logprob: -((i % 13) + 1) / 10 - k,
    })),
  }));
  return { answer: tokens.map(({ token }) => token).join(''), tokens };
}
const long = { id: 'long', prompt: 'Which words?', ...answer(30_000) };
/** Long enough for a thread. */
const mid = { id: 'mid', prompt: 'Which words?', ...answer(1500) };

/** What the event loop itself would say. */
async function here(body: object): Promise<string> {
  const work = { options, metrics: { ran: () => {} }, scored: () => {} };
  return scoreBody(Buffer.from(JSON.stringify(body)), { reasons: 0, loaded, work });
}
const post = (url: string, payload: object) => app.inject({ method: 'POST', url, payload });
const metric = async (name: string) => {
  const { body } = await app.inject({ url: '/metrics' });
  return Number(new RegExp(`^${name.replace(/[{}]/g, '\\$&')} (.*)$`, 'm').exec(body)?.[1] ?? 0);
};

describe('what is long', () => {
  it('is scored off the event loop, as it would be on it: an answer of 30,000 tokens; a short one is not', async () => {
    expect((await post('/v1/score', { answer: 'short' })).statusCode).toBe(200);
    expect(await metric('vouch_threads')).toBe(0);
    const rows = await metric('vouch_batch_rows_sum');
    const { statusCode, body, headers } = await post('/v1/score', long);
    expect([statusCode, body]).toEqual([200, await here(long)]);
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    expect(await metric('vouch_threads')).toBe(1);
    expect(await metric('vouch_batch_rows_sum')).toBe(rows + 1);
    expect(await metric('vouch_probability_count')).toBe(2);
    expect(loaded.side.threads).toBe(0); // what `here` did was done here
  });

  it('its errors and reasons come from there as from here', async () => {
    const { tokens } = mid;
    const bad = await post('/v1/score', { ...mid, tokens: tokens.with(1000, { ...tokens[0], logprob: 3 }) });
    expect([bad.statusCode, bad.json().error]).toMatchObject([
      400,
      { code: 'VOUCH_BAD_RECORD', field: 'tokens[1000].logprob' },
    ]);
    expect((await post('/v1/score?reasons=2', mid)).json().reasons).toHaveLength(2);
    const two = { selected: true, records: [{ answer: 'short' }, mid] };
    const { body } = await post('/v1/score', two);
    expect(body).toBe(await here(two));
    expect(JSON.parse(body).scores[1]).toMatchObject({ id: 'mid', why: 'selected' });
  });

  it('goes the same way in the Open Inference Protocol, and the reply may be bytes', async () => {
    const record = { name: 'record', datatype: 'BYTES', shape: [1], data: [JSON.stringify(mid)] };
    const own = JSON.parse(await here(mid)) as { probability: number };
    const asJson = await post('/v2/models/vouch-raw/infer', { inputs: [record], outputs: [{ name: 'probability' }] });
    expect(asJson.json().outputs[0].data).toEqual([own.probability]);
    const outputs = [{ name: 'probability', parameters: { binary_data: true } }];
    const asBytes = await post('/v2/models/vouch-raw/infer', { inputs: [record], outputs });
    const head = Number(asBytes.headers['inference-header-content-length']);
    expect(asBytes.rawPayload.readFloatLE(head)).toBeCloseTo(own.probability, 6);
    const none = await post('/v2/models/vouch-raw/infer', { inputs: [record], outputs: [{ name: 'nothing' }] });
    expect([none.statusCode, none.json().code]).toEqual([400, 'VOUCH_BAD_REQUEST']);
  });
});

describe('in the gateway', () => {
  const { tokens } = mid;
  const content = tokens.map(({ token, logprob, top }) => ({ token, logprob, top_logprobs: top }));
  const choice = (index: number) => ({
    index,
    message: { role: 'assistant', content: mid.answer },
    logprobs: { content },
    finish_reason: 'stop',
  });
  const asked = { model: 'm1', messages: [{ role: 'user', content: 'Which words?' }] };
  const [chat] = apis;

  it('answers are scored off the event loop as on it: whole, and in a stream', { timeout: 60_000 }, async () => {
    const response = { model: 'm1', choices: [choice(0)] };
    const failures: unknown[] = [];
    const limits = { choices: 10, tokens: 100_000, event: 1e7, events: 1e6 };
    const live = { take: () => loaded, give: () => {} };
    const judging: Judge = { live, task: null, limits, scored: () => {}, failed: (error) => failures.push(error) };
    const ask = readAsk(Buffer.from(JSON.stringify(asked)), chat)!;
    const [own] = await judge(judging, ask, response as Fields);
    expect(own).toMatchObject({ scored: true, pattern: 'free+logprobs' });
    const { url } = await standing(
      ({ body }, reply) => {
        if (!JSON.parse(body.toString()).stream)
          return reply.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(response));
        reply.writeHead(200, { 'content-type': 'text/event-stream' });
        for (let i = 0; i < content.length; i += 100) {
          const part = content.slice(i, i + 100);
          const delta = { content: part.map(({ token }) => token).join('') };
          reply.write(
            `data: ${JSON.stringify({ model: 'm1', choices: [{ index: 0, delta, logprobs: { content: part } }] })}\n\n`,
          );
        }
        const last = { model: 'm1', choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] };
        reply.end(`data: ${JSON.stringify(last)}\n\ndata: [DONE]\n\n`);
      },
      { askLogprobs: false },
      bundle,
    );
    for (const stream of [false, true]) {
      const reply = await fetch(`${url}/v1/chat/completions`, {
        method: 'POST',
        body: JSON.stringify({ ...asked, stream }),
      });
      const text = await reply.text();
      const said = stream ? /^data: (.*"vouch":.*)$/m.exec(text)![1] : text;
      expect(JSON.parse(said).vouch).toEqual({ ...own, time: expect.any(String) });
    }
    const metrics = await (await fetch(`${url}/vouch/metrics`)).text();
    expect(metrics).toContain('\nvouch_threads 1\n');
    expect(metrics).toContain('\nvouch_probability_count 2\n');
    expect(failures).toEqual([]);
  });

  it('where no thread gives a score, each answer is unscored and says why', async () => {
    const failures: unknown[] = [];
    const limits = { choices: 10, tokens: 100_000, event: 1e7, events: 1e6 };
    const closed = newSide({ bundle: await readBundle(bundle), naming: { aliases: {} } });
    await closed.close();
    const live = { take: () => ({ ...loaded, side: closed }), give: () => {} };
    const judging: Judge = { live, task: null, limits, scored: () => {}, failed: (error) => failures.push(error) };
    const response = { choices: [choice(0), choice(1)] };
    const received = { stream: false, parts: [Buffer.from(JSON.stringify(response))] };
    const verdicts = await judge(judging, readAsk(Buffer.from(JSON.stringify(asked)), chat)!, response as Fields, {
      received,
    });
    const unscored = { scored: false, probability: null, decision: null, why: 'the scorer failed' };
    expect(verdicts).toEqual([unscored, unscored]);
    expect(failures).toHaveLength(1);
  });
});

it('a bundle is closed once, however often it is given back after a stop', async () => {
  const live = await openLive({ dir: bundle, ran: () => {}, swapped: () => {} });
  const held = live.take();
  await live.close();
  live.give(held);
  live.give(live.take()); // a handler whose client has gone goes on
  expect(await held.close()).toBeUndefined();
});

describe('a thread', () => {
  const listener = { ran: () => {}, scored: () => {}, failed: () => {} };
  const job = (record: object): ScoreJob => ({
    kind: 'score',
    body: Buffer.from(JSON.stringify(record)),
    reasons: 0,
    options,
  });

  it('that takes too long ends, and its job with it; the next job gets another one', { timeout: 60_000 }, async () => {
    const side = newSide({ bundle: await readBundle(bundle), naming: { aliases: {} } }, 1);
    expect(JSON.parse(await side.run(job({ answer: 'first' }), { seconds: 60, listener }))).toMatchObject({
      id: 'record:1',
    });
    const late = side.run(job(long), { seconds: 0.001, listener });
    const next = side.run(job({ id: 'next', answer: 'short' }), { seconds: 60, listener });
    const gone = side.run(job({ answer: 'short' }), { seconds: 60, listener, gone: () => true });
    await expect(late).rejects.toMatchObject({ code: 'TIMED_OUT' });
    await expect(gone).rejects.toMatchObject({ code: 'INTERRUPTED' });
    expect(JSON.parse(await next)).toMatchObject({ id: 'next' });
    expect(side.threads).toBe(1);
    await side.close();
    await expect(side.run(job({ answer: 'short' }), { seconds: 60, listener })).rejects.toThrow('the bundle is closed');
  });
});

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openGateway } from '../../../serve/gateway/gateway.js';
import { caseUpstream } from '../../support/case-upstream.js';
import { gatewayOptions } from '../../support/serving.js';
import { ends, useGateways, yes } from '../../support/standing-gateway.js';
import { writeTinyBundle } from '../../support/tiny-bundle.js';

useGateways();

const dir = mkdtempSync(join(tmpdir(), 'vouch-cases-'));
const messages = [{ role: 'user', content: 'What is the capital of Australia?' }];

async function before(upstream: string, bundle = yes) {
  const { app } = await openGateway(gatewayOptions(bundle, upstream));
  ends.push(() => app.close());
  return app;
}

type Vouch = { scored: boolean; why: string | null; pattern?: string; probability: number | null; decision: unknown };

/** The vouch field of a stream's text: the one event that holds it. */
function vouchIn(text: string): Vouch {
  const found = text
    .split('\n\n')
    .filter((event) => event.startsWith('data: {') && event.includes('"vouch"'))
    .map((event) => JSON.parse(event.slice(6)).vouch);
  expect(found).toHaveLength(1);
  return found[0];
}

describe('case 12: upstreams as they behave', () => {
  async function ask(model: string, more: object = {}) {
    const upstream = await caseUpstream('12-gateway/upstream.mjs');
    ends.push(upstream.close);
    const app = await before(upstream.url);
    const replies = [];
    for (let i = 0; i < 3; i++) {
      const payload = { model, messages, ...more };
      replies.push(await app.inject({ method: 'POST', url: '/v1/chat/completions', payload }));
    }
    return {
      replies,
      asked: upstream.asked.map((line) => /logprobs= (\w+) top= (\w+)/.exec(line)?.slice(1).join(' ')),
    };
  }
  const plain = 'undefined undefined';

  it.each([
    ['ok', 'free+logprobs', ['true 5', 'true 5', 'true 5']],
    ['refuse403', 'free', ['true 5', plain, plain, plain]],
    ['boom500', 'free', ['true 5', plain, 'true 5', plain, plain]],
    ['refuse500', 'free', ['true 5', plain, 'true 5', plain, plain]],
    ['gem400', 'free', ['true 5', plain, plain, plain]],
    ['unrec', 'free', ['true 5', plain, plain, plain]],
    ['together', 'free+logprobs', ['true 5', 'true 1', 'true 1', 'true 1']],
  ])('%s: the client gets its answer', async (model, pattern, requests) => {
    const { replies, asked } = await ask(model);
    for (const reply of replies) {
      expect(reply.statusCode).toBe(200);
      const { choices, vouch } = reply.json();
      expect(choices[0]).toEqual({
        index: 0,
        message: { role: 'assistant', content: 'Canberra' },
        finish_reason: 'stop',
        logprobs: null,
      });
      expect(vouch).toMatchObject({ scored: true, pattern });
    }
    expect(asked).toEqual(requests);
  });

  it('a client that asks for log-probabilities itself gets the refusal', async () => {
    const { replies, asked } = await ask('refuse403', { logprobs: true, top_logprobs: 2 });
    expect(replies.map(({ statusCode }) => statusCode)).toEqual([403, 403, 403]);
    expect(asked).toEqual(['true 2', 'true 2', 'true 2']);
  });

  it('a function call is unscored', async () => {
    const { replies } = await ask('function');
    const none = { scored: false, probability: null, decision: null, why: 'no answer', finish: 'function_call' };
    expect(replies[0].json().vouch).toEqual(none);
    expect(replies[0].headers).toMatchObject({ 'x-vouch-decision': 'unscored', 'x-vouch-why': 'no answer' });
    expect(replies[0].headers).not.toHaveProperty('x-vouch-probability');
  });

  it.each([
    ['toolstream', 'tool_calls'],
    ['functionstream', 'function_call'],
    ['errstream', 'error'],
  ])('%s: unscored', async (model, finish) => {
    const { replies } = await ask(model, { stream: true });
    const { payload, headers } = replies[0];
    expect(vouchIn(payload)).toEqual({ scored: false, probability: null, decision: null, why: 'no answer', finish });
    expect(headers).not.toHaveProperty('x-vouch-probability');
    expect(payload.trim().endsWith('data: [DONE]')).toBe(true);
    if (model === 'errstream') expect(payload).toContain('engine died');
  });

  it('a refusal is an answer; Azure’s first chunk changes nothing', async () => {
    expect(vouchIn((await ask('refusalstream', { stream: true })).replies[0].payload).scored).toBe(true);
    const [azure, own] = await Promise.all(
      ['azure', 'plainstream'].map(async (model) => (await ask(model, { stream: true })).replies[0].payload),
    );
    expect(vouchIn(azure)).toEqual({ ...vouchIn(own), time: expect.any(String) });
    expect(vouchIn(azure)).toMatchObject({ scored: true, pattern: 'free+logprobs' });
    const last = azure.split('\n\n').filter((event) => event.includes('"vouch"'))[0];
    expect(JSON.parse(last.slice(6))).toMatchObject({
      id: 'chatcmpl-9',
      created: 1_750_000_000,
      model: 'gpt-4o-2024-08-06',
    });
    expect(azure).not.toContain('top_logprobs');
  });
});

describe('case 22: decisions by slice of the model', () => {
  beforeAll(() =>
    writeTinyBundle(join(dir, 'slices'), {
      thresholds: [{ pattern: 'free', slice: 'gpt-4o-2024-08-06', threshold: 0 }],
      decisions: { by: 'slice', sliceBy: ['model'] },
    }),
  );
  afterAll(() => rmSync(dir, { recursive: true }));

  it('are the same with Azure’s first chunk, without it, and without a stream', async () => {
    const upstream = await caseUpstream('22-azure-slice/up.mjs');
    ends.push(upstream.close);
    const app = await before(upstream.url, join(dir, 'slices'));
    const one = JSON.parse(readFileSync(join(import.meta.dirname, '../../cases/22-azure-slice/one.json'), 'utf8'));
    const ask = async (path: string, stream: boolean): Promise<Vouch> => {
      const payload = { model: 'deployment', stream, messages: [{ role: 'user', content: one.prompt }] };
      const reply = await app.inject({ method: 'POST', url: `${path}/v1/chat/completions`, payload });
      return stream ? vouchIn(reply.payload) : reply.json().vouch;
    };
    const whole = await ask('', false);
    expect(whole).toMatchObject({ scored: true, decision: 'accept', why: null });
    expect(await ask('', true)).toEqual({ ...whole, time: expect.any(String) });
    expect(await ask('/azure', true)).toEqual({ ...whole, time: expect.any(String) });
  });
});

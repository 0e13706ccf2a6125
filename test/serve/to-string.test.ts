import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { logFormats } from '../../data/read/formats/list.js';
import { boundedJson } from '../../data/read/json/bounded-json.js';
import { openService, type Service } from '../../serve/service.js';
import { completionFor } from '../support/fake-upstream.js';
import { serveOptions } from '../support/serving.js';
import { replay, standing, useGateways } from '../support/standing-gateway.js';
import { writeTinyBundle } from '../support/tiny-bundle.js';

useGateways();

const dir = mkdtempSync(join(tmpdir(), 'vouch-to-string-'));
let service: Service;

beforeAll(async () => {
  await writeTinyBundle(join(dir, 'bundle'));
  service = await openService(serveOptions(join(dir, 'bundle')));
});
afterAll(async () => {
  await service.app.close();
  rmSync(dir, { recursive: true });
});

const odd = { toString: 1, valueOf: null };

describe('a field called toString', () => {
  it('does not keep its object from being turned into text', () => {
    for (const text of ['{"a":[{"toString":1,"valueOf":2}]}', '{"a":[{"to\\u0053tring":1,"valueOf":2}]}']) {
      const value = boundedJson(text) as { a: [object] };
      expect([String(value.a[0]), `${value.a[0]}`]).toEqual(['[object Object]', '[object Object]']);
      expect(JSON.stringify(value)).toBe('{"a":[{"toString":1,"valueOf":2}]}');
    }
  });

  it.each([
    { custom_id: odd, response: { status_code: 200, body: completionFor({}) } },
    {
      custom_id: odd,
      result: { type: 'succeeded', message: { type: 'message', content: [{ type: 'text', text: 'x' }] } },
    },
    { model: odd, response: 'x', done: true, done_reason: odd, created_at: odd },
    { op_name: odd, inputs: {}, output: 'x', trace_id: odd, id: odd },
    { request: { model: odd, messages: [{ role: odd, content: 'q' }] }, response: completionFor({}) },
    {
      request: { input: 'q' },
      response: { object: 'response', output: [{ type: odd }, { type: 'message', content: [] }] },
    },
  ])('in a log line gets no 500: %j', async (line) => {
    const reply = await service.app.inject({ method: 'POST', url: '/v1/score', payload: JSON.stringify(line) });
    expect([200, 400]).toContain(reply.statusCode);
  });

  it('in any place of any format is read or refused', () => {
    expect(logFormats.length).toBeGreaterThan(20);
    for (const format of logFormats)
      expect(() => format.detect(boundedJson(JSON.stringify({ type: odd, id: odd })) as never)).not.toThrow();
  });

  it('for the model of a request reaches the upstream, and its answer is scored', async () => {
    const { url, asked } = await standing(replay, { askLogprobs: false });
    const body = JSON.stringify({ model: odd, messages: [{ role: 'user', content: 'q' }] });
    const reply = await fetch(`${url}/v1/chat/completions`, { method: 'POST', body });
    expect([reply.status, asked.map((each) => each.body.toString())]).toEqual([200, [body]]);
    expect(((await reply.json()) as { vouch: { scored: boolean } }).vouch.scored).toBe(true);
  });
});

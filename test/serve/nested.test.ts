import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openService, type Service } from '../../serve/service.js';
import { serveOptions } from '../support/serving.js';
import { standing, useGateways } from '../support/standing-gateway.js';
import { writeTinyBundle } from '../support/tiny-bundle.js';

useGateways();

const dir = mkdtempSync(join(tmpdir(), 'vouch-nested-'));
const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
let service: Service;

beforeAll(async () => {
  await writeTinyBundle(join(dir, 'bundle'));
  service = await openService(serveOptions(join(dir, 'bundle')));
});
afterAll(async () => {
  await service.app.close();
  rmSync(dir, { recursive: true });
});

describe('JSON that is nested by the thousand', () => {
  it.each([600, 6000, 100_000])('at %i levels gets a coded 400 from every route that reads JSON', async (levels) => {
    for (const url of ['/v1/score', '/v2/models/vouch/infer']) {
      for (const payload of [
        `{"answer":${deep(levels)}}`,
        `{"answer":"x","more":${deep(levels)}}`,
        `{"records":[{"answer":"x","tokens":${deep(levels)}}]}`,
        deep(levels),
      ]) {
        const { statusCode, body } = await service.app.inject({ method: 'POST', url, payload });
        expect([url, statusCode, body]).toEqual([url, 400, expect.stringContaining('nested too deeply')]);
      }
    }
  });

  it('passes the gateway in requests and answers, and the next one is scored', async () => {
    const of = deep(6000);
    let answer = `{"object":"chat.completion","choices":[{"index":0,"message":{"content":"x"},"more":${of}}]}`;
    const { post, url } = await standing((_, response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(answer),
    );
    const asked = await fetch(`${url}/v1/chat/completions`, { method: 'POST', body: `{"messages":${of}}` });
    expect([asked.status, await asked.text()]).toEqual([200, answer]);
    const answered = await post({ model: 'm', messages: [{ role: 'user', content: 'q' }] });
    expect([answered.status, await answered.text()]).toEqual([200, answer]);
    answer = '{"object":"chat.completion","choices":[{"index":0,"message":{"content":"x"},"finish_reason":"stop"}]}';
    const next = await post({ model: 'm', messages: [{ role: 'user', content: 'q' }] });
    expect(await next.json()).toHaveProperty('vouch');
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkRecord } from '../../data/check-record.js';
import { linesOf } from '../../scorer/batch/out/json-lines.js';
import { scoreChunk } from '../../scorer/batch/score-chunk.js';
import { openScorer } from '../../scorer/open.js';
import type { ServeOptions } from '../../serve/options.js';
import { openService, type Service } from '../../serve/service.js';
import { sampleLines } from '../support/sample-answers.js';
import { keptLog, serveOptions } from '../support/serving.js';
import { writeTinyBundle } from '../support/tiny-bundle.js';

const dir = mkdtempSync(join(tmpdir(), 'vouch-serve-'));
const bundle = join(dir, 'bundle');
const lines = sampleLines(40);
const opened: Service[] = [];
let expected: string[];

async function service(more: Partial<ServeOptions> = {}) {
  const found = await openService(serveOptions(bundle, more));
  opened.push(found);
  return found.app;
}

beforeAll(async () => {
  await writeTinyBundle(bundle);
  const scorer = await openScorer(bundle);
  const records = lines.map((line) => checkRecord(JSON.parse(line)));
  expected = linesOf(await scoreChunk(scorer, records))
    .trimEnd()
    .split('\n');
  await scorer.close();
});
afterAll(async () => {
  for (const { app } of opened) await app.close();
  rmSync(dir, { recursive: true });
});

describe('POST /v1/score', () => {
  it('gives the line that `vouch score` prints, for one and for many', async () => {
    const app = await service();
    for (const [i, line] of lines.slice(0, 5).entries()) {
      const { statusCode, body, headers } = await app.inject({ method: 'POST', url: '/v1/score', payload: line });
      expect([statusCode, body.trimEnd()]).toEqual([200, expected[i]]);
      expect(headers['content-type']).toBe('application/json; charset=utf-8');
    }
    const { body } = await app.inject({ method: 'POST', url: '/v1/score', payload: `{"records":[${lines}]}` });
    expect(body).toBe(`{"scores":[${expected}]}`);
    const none = await app.inject({ method: 'POST', url: '/v1/score', payload: '{"records":[]}' });
    expect(none.body).toBe('{"scores":[]}');
  });

  it('says in headers which bundle scored and when, and with ?trace=true in each score', async () => {
    const app = await service();
    const post = (query: string, payload: string) => app.inject({ method: 'POST', url: `/v1/score${query}`, payload });
    const { digest } = await openScorer(bundle);
    const before = Date.now();
    const one = await post('?trace=true', lines[0]);
    const { time } = one.json();
    expect(one.headers).toMatchObject({
      'x-vouch-bundle': digest.slice(0, 12),
      'x-vouch-digest': digest,
      'x-vouch-time': time,
    });
    expect(Date.parse(time)).toBeGreaterThanOrEqual(before);
    expect(Date.parse(time)).toBeLessThanOrEqual(Date.now());
    expect(one.json()).toEqual({ ...JSON.parse(expected[0]), digest, time });
    const many = await post('?trace=true', `{"records":[${lines}]}`);
    for (const score of many.json().scores) expect(score.digest).toBe(digest);
    const plain = await post('?trace=false', lines[0]);
    expect(plain.body.trimEnd()).toBe(expected[0]);
    expect(plain.headers['x-vouch-digest']).toBe(digest);
    const bad = await post('?trace=maybe', lines[0]);
    expect([bad.statusCode, bad.json().error.field]).toEqual([400, 'trace']);
  });

  it('selected, of a record or of all records of a request: no decision', async () => {
    const app = await service();
    const post = (payload: object) => app.inject({ method: 'POST', url: '/v1/score', payload });
    const tokens = [{ token: 'x', logprob: -0.1 }];
    const record = { id: 'a', answer: 'x', tokens };
    expect((await post(record)).json().why).not.toBe('selected');
    expect((await post({ ...record, selected: true })).json()).toMatchObject({ decision: null, why: 'selected' });
    const both = (await post({ records: [record, { ...record, id: 'b' }], selected: true })).json();
    expect(both.scores.map(({ decision, why }: { decision: null; why: string }) => [decision, why])).toEqual([
      [null, 'selected'],
      [null, 'selected'],
    ]);
    const bad = await post({ records: [record], selected: 'yes' });
    expect(bad.statusCode).toBe(400);
    expect(bad.json().error).toMatchObject({ code: 'VOUCH_BAD_REQUEST', field: 'selected' });
  });

  it('takes a log line as `vouch score` does, and says where there is no answer', async () => {
    const app = await service();
    const message = (content: string | null, more = {}) => ({ role: 'assistant', content, ...more });
    const logged = (id: string, choice: object) => ({
      id,
      request: { messages: [{ role: 'user', content: 'Capital of Australia?' }] },
      response: { model: 'm', choices: [{ index: 0, finish_reason: 'stop', ...choice }] },
    });
    const post = (payload: object) => app.inject({ method: 'POST', url: '/v1/score', payload });
    const prompt = [{ role: 'user', content: 'Capital of Australia?' }];
    const canonical = await post({ id: 'a', messages: prompt, model: 'm', answer: 'Canberra', finish: 'stop' });
    expect((await post(logged('a', { message: message('Canberra') }))).body).toBe(canonical.body);
    const call = { message: message(null, { tool_calls: [{ function: { name: 'f' } }] }), finish_reason: 'tool_calls' };
    const said = { missing: null, claim: null, basis: null, promise: null, bundle: expect.any(String) };
    const none = {
      ...said,
      id: 'b',
      probability: null,
      decision: null,
      logit: null,
      pattern: null,
      low: null,
      high: null,
    };
    expect((await post(logged('b', call))).json()).toEqual({ ...none, shift: null, why: 'no answer' });
    const both = await post({ records: [logged('b', call), { id: 'c', answer: null, finish: 'content_filter' }] });
    expect(both.json().scores.map(({ id, why }: { id: string; why: string }) => [id, why])).toEqual([
      ['b', 'no answer'],
      ['c', 'no answer'],
    ]);
  });

  it('reads packed bodies and bare NaN; gives reasons where asked', async () => {
    const app = await service();
    const packed = {
      method: 'POST',
      url: '/v1/score',
      headers: { 'content-encoding': 'gzip' },
      payload: gzipSync(lines[0]),
    } as const;
    expect((await app.inject(packed)).body.trimEnd()).toBe(expected[0]);
    const payload = '{"answer":"four","verifiers":{"x":NaN}}';
    const { probability, reasons } = (await app.inject({ method: 'POST', url: '/v1/score?reasons=2', payload })).json();
    expect(probability).toBeGreaterThan(0);
    expect(reasons).toHaveLength(2);
  });

  it.each([
    ['{"answer":', 400, 'VOUCH_BAD_JSON', undefined],
    ['{"answer":{}}', 400, 'VOUCH_BAD_RECORD', 'answer'],
    ['[]', 400, 'VOUCH_BAD_RECORD', undefined],
    ['{"records":{}}', 400, 'VOUCH_BAD_RECORD', 'records'],
    ['{"records":[{"answer":""},{"answer":"","stated":7}]}', 400, 'VOUCH_BAD_RECORD', 'records[1].stated'],
    ['{"records":[{"answer":""},3]}', 400, 'VOUCH_BAD_RECORD', 'records[1]'],
    [`{"records":[${Array.from({ length: 101 }, () => '{"answer":""}')}]}`, 413, 'VOUCH_TOO_LARGE', undefined],
  ])('refuses %.40s', async (payload, status, code, field) => {
    const app = opened[0].app;
    const reply = await app.inject({ method: 'POST', url: '/v1/score', payload });
    expect(reply.statusCode).toBe(status);
    const { error } = reply.json();
    expect([error.code, error.field]).toEqual([code, field]);
    expect(error.message).toContain(`[${code}]`);
  });

  it('refuses bodies that are too large, packed ones too, and what is not packed as it says', async () => {
    const app = await service({ bodyLimit: 2000 });
    const long = JSON.stringify({ answer: 'x'.repeat(3000) });
    for (const [payload, headers, status] of [
      [long, {}, 413],
      [gzipSync(long), { 'content-encoding': 'gzip' }, 413],
      ['plain', { 'content-encoding': 'gzip' }, 400],
      ['plain', { 'content-encoding': 'snappy' }, 400],
    ] as const) {
      const reply = await app.inject({ method: 'POST', url: '/v1/score', payload: payload as string, headers });
      expect(reply.statusCode).toBe(status);
      expect(reply.json().error.code).toBe(status === 413 ? 'VOUCH_TOO_LARGE' : 'VOUCH_BAD_REQUEST');
    }
    expect((await app.inject({ url: '/v1/nowhere?x=1' })).json().error.code).toBe('VOUCH_NOT_FOUND');
  });

  it('wants a key where there are keys, but not for health and documentation; an admin key for what is the admin’s', async () => {
    const app = await service({ keys: ['secret'], adminKeys: ['root'] });
    const ask = async (url: string, headers: Record<string, string> = {}, method: 'GET' | 'POST' = 'GET') =>
      (await app.inject({ method, url, headers, ...(method === 'POST' ? { payload: lines[0] } : {}) })).statusCode;
    expect(await ask('/v1/score', {}, 'POST')).toBe(401);
    expect(await ask('/v1/score', { authorization: 'Bearer wrong' }, 'POST')).toBe(401);
    expect(await ask('/v1/score', { authorization: 'Bearer secret' }, 'POST')).toBe(200);
    expect(await ask('/metrics')).toBe(401);
    for (const url of ['/v2/health/live', '/v2/health/ready', '/v2/models/vouch/ready', '/openapi.json', '/docs']) {
      expect([url, await ask(url)]).toEqual([url, 200]);
    }
    expect(await ask('/v1/admin/reload', { 'x-api-key': 'secret' }, 'POST')).toBe(401);
    expect(await ask('/v1/admin/reload', { 'x-api-key': 'root' }, 'POST')).toBe(200);
    expect(await (await service()).inject({ method: 'POST', url: '/v1/admin/reload' })).toMatchObject({
      statusCode: 401,
    });
  });

  it('turns away with Retry-After: a client that sends too much, and more than may be in flight', async () => {
    const rated = await service({ rate: 2 });
    const ask = () => rated.inject({ method: 'POST', url: '/v1/score', payload: lines[0] });
    const replies = [await ask(), await ask(), await ask()];
    expect(replies.map(({ statusCode }) => statusCode)).toEqual([200, 200, 429]);
    expect(replies[2].headers['retry-after']).toBe('1');

    const full = await service({ inFlight: 0 });
    const turned = await full.inject({ method: 'POST', url: '/v1/score', payload: lines[0] });
    expect([turned.statusCode, turned.headers['retry-after'], turned.json().error.code]).toEqual([
      503,
      '1',
      'VOUCH_BUSY',
    ]);
    for (const url of ['/v2/health/ready', '/metrics']) expect((await full.inject(url)).statusCode).toBe(200);
  });

  it('gives up on a request that takes too long to arrive: 408', async () => {
    const app = await service({ timeout: 0.3 });
    const url = new URL(await app.listen({ port: 0, host: '127.0.0.1' }));
    const slow = connect(Number(url.port), url.hostname);
    slow.write('POST /v1/score HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{');
    let text = '';
    for await (const chunk of slow) text += chunk;
    expect(text).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/);
    expect(text).toMatch(/"code":"VOUCH_TIMED_OUT"/);
  });

  it('logs no prompt, no answer and no query, in failures neither; with --log-records it does', async () => {
    const secret = 'zanzibar';
    const ask = async (more: Partial<ServeOptions>) => {
      const log = keptLog();
      const app = await service({ log, logLevel: 'debug', logRequests: true, ...more });
      for (const payload of [{ prompt: secret, answer: secret }, { prompt: secret, answer: [secret] }, secret]) {
        await app.inject({ method: 'POST', url: `/v1/score?q=${secret}`, payload: JSON.stringify(payload) });
      }
      await app.inject({ url: `/v1/nowhere?q=${secret}` });
      return log.lines;
    };
    const lines = await ask({});
    expect(lines.filter((line) => line.includes('"msg":"request"'))).toHaveLength(4);
    expect(lines.filter((line) => line.includes(secret))).toEqual([]);
    const asked = (await ask({ logRecords: true })).filter((line) => line.includes(secret));
    expect(asked).toHaveLength(1);
    expect(JSON.parse(asked[0])).toMatchObject({
      record: { prompt: secret },
      score: { id: 'record:1' },
      msg: 'scored',
    });
  });

  it('counts requests, scores, probabilities and which bundle', async () => {
    const app = await service();
    const url = await app.listen({ port: 0, host: '127.0.0.1' });
    const bodies = [lines[0], `{"records":[${lines}]}`, '{}'];
    for (const body of bodies) await (await fetch(`${url}/v1/score`, { method: 'POST', body })).text();
    const body = await (await fetch(`${url}/metrics`)).text();
    const value = (name: string) =>
      Number(
        body
          .split('\n')
          .find((line) => line.startsWith(name))
          ?.split(' ')
          .at(-1),
      );
    expect(value('vouch_requests_total{route="/v1/score",status="200"}')).toBe(2);
    expect(value('vouch_requests_total{route="/v1/score",status="400"}')).toBe(1);
    expect(value('vouch_request_seconds_count{route="/v1/score"}')).toBe(3);
    expect(value('vouch_probability_count')).toBe(41);
    expect(value('vouch_shift_count')).toBe(41);
    expect(value('vouch_batch_rows_count')).toBe(2);
    const scores = [lines[0], ...lines].map((line) => expected[lines.indexOf(line)]).map((line) => JSON.parse(line));
    const accepted = scores.filter(({ decision }) => decision === 'accept').length;
    expect(accepted).toBeGreaterThan(0);
    expect(value('vouch_scores_total{decision="accept",why="",pattern="free+logprobs"}')).toBe(accepted);
    expect(body).toMatch(
      /vouch_bundle_info\{version="[0-9a-f]{12}",digest="[0-9a-f]{64}",vouch="0\.0\.0",created="",learner="tiny"\} 1/,
    );
  });

  it('documents every route, from its own files', async () => {
    const app = opened[0].app;
    const { openapi, paths } = (await app.inject({ url: '/openapi.json' })).json();
    expect(openapi).toBe('3.1.0');
    expect(Object.keys(paths)).toEqual(
      expect.arrayContaining([
        '/v1/score',
        '/v2/models/{name}/infer',
        '/metrics',
        '/v1/admin/reload',
        '/v2/health/ready',
      ]),
    );
    const [record] = paths['/v1/score'].post.requestBody.content['application/json'].schema.anyOf;
    expect(record.required).toEqual(['answer']);
    expect(record.properties.tokens).toBeDefined();
    const page = await app.inject({ url: '/docs' });
    const sources = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, source]) => source);
    expect(sources.length).toBeGreaterThan(3);
    for (const source of sources)
      expect([source, (await app.inject({ url: source })).statusCode]).toEqual([source, 200]);
  });
});

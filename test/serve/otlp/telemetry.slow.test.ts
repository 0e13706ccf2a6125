import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openGateway } from '../../../serve/gateway/gateway.js';
import type { OtlpOptions } from '../../../serve/options.js';
import { openService } from '../../../serve/service.js';
import { evaluations } from '../../../store/feedback/scores.js';
import { sampleLines } from '../../support/sample-answers.js';
import { gatewayOptions, keptLog, serveOptions } from '../../support/serving.js';
import { writeTinyBundle } from '../../support/tiny-bundle.js';
import { receiver, valuesOf } from './receiver.js';

const dir = mkdtempSync(join(tmpdir(), 'vouch-otlp-'));
const bundle = join(dir, 'bundle');
const lines = sampleLines(12).map((line, i) => JSON.stringify({ ...JSON.parse(line), id: `chatcmpl-${i}` }));
beforeAll(() => writeTinyBundle(bundle));
afterAll(() => rmSync(dir, { recursive: true }));

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const CALLER = '00f067aa0ba902b7';
const traceparent = `00-${TRACE}-${CALLER}-01`;
const otlp = (url: string, more: Partial<OtlpOptions> = {}): OtlpOptions => ({
  ...{ url, headers: { 'x-tenant': 'a b' }, queue: 100, send: ['spans', 'events'], service: 'here', backOff: 1 },
  ...more,
});

async function service(url: string, more: Partial<OtlpOptions> = {}) {
  const log = keptLog();
  const { app } = await openService(serveOptions(bundle, { otlp: otlp(url, more), log }));
  let isOpen = true;
  const close = async () => {
    if (isOpen) await app.close();
    isOpen = false;
  };
  onTestFinished(close);
  const score = (payload: string, headers = {}) =>
    app.inject({ method: 'POST', url: '/v1/score', payload, headers: { traceparent, ...headers } });
  return { app, close, score, log };
}

/** The counter of items, and the gauge of those that wait, by what they count. */
async function counts(app: FastifyInstance): Promise<Record<string, number>> {
  const { body } = await app.inject({ url: '/metrics' });
  const found = [...body.matchAll(/^vouch_otlp_\w+\{signal="(\w+)"(?:,result="(\w+)")?\} (\d+)$/gm)];
  return Object.fromEntries(found.map(([, signal, result = 'waiting', n]) => [`${signal} ${result}`, Number(n)]));
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await sleep(5);
}

describe('vouch serve --otlp', () => {
  it('sends a span per request and an event per answer, in the trace of the caller', async () => {
    const { url, got } = await receiver();
    const { score, close } = await service(url);
    const one = JSON.parse((await score(lines[0])).body);
    const { scores } = JSON.parse((await score(`{"records":[${lines.slice(1, 4)}]}`, { traceparent: 'none' })).body);
    await score(JSON.stringify({ ...JSON.parse(lines[4]), padding: 'x'.repeat(100_000) })); // scored in a thread
    await score(lines[5], { traceparent: traceparent.replace(/01$/, '00') }); // the caller does not record the trace
    await score('no JSON');
    await close();

    expect(got.wrong).toEqual([]);
    expect(got.headers).toMatchObject({ 'x-tenant': 'a b' });
    expect(got.logs.map(({ attributes }) => valuesOf(attributes)['gen_ai.response.id'])).toEqual(
      [0, 1, 2, 3, 4, 5].map((i) => `chatcmpl-${i}`),
    );
    const [first, second] = got.logs;
    expect(first).toMatchObject({ eventName: 'gen_ai.evaluation.result', traceId: TRACE, spanId: CALLER, flags: 1 });
    const values = valuesOf(first.attributes);
    expect(values['gen_ai.evaluation.score.label'] ?? null).toBe(one.decision);
    expect(values).toMatchObject({
      'gen_ai.evaluation.name': 'vouch.correctness',
      'gen_ai.evaluation.score.value': one.probability,
      'gen_ai.evaluation.explanation': one.why ?? `accepted by the claim ${one.claim}`,
      'vouch.bundle': one.bundle,
    });
    expect(second.traceId).not.toBe(TRACE);
    expect(valuesOf(second.attributes)['gen_ai.evaluation.score.value']).toBe(scores[0].probability);

    expect(got.spans).toHaveLength(3); // neither the one that is not recorded, nor the one that was refused
    const [span, several] = got.spans;
    expect(span).toMatchObject({ traceId: TRACE, parentSpanId: CALLER, name: 'vouch.score', kind: 2 });
    expect(valuesOf(span.attributes)).toMatchObject({
      ...{ 'http.route': '/v1/score', 'http.response.status_code': '200', 'vouch.answers': '1' },
      'gen_ai.evaluation.score.value': one.probability,
    });
    expect(BigInt(span.endTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(span.startTimeUnixNano));
    expect(several.parentSpanId).toBeUndefined();
    expect(several.spanId).toBe(second.spanId);
    expect(valuesOf(several.attributes)).toMatchObject({ 'vouch.answers': '3' });
    // what is sent, vouch feedback can read
    const at = { file: 'logs.json', line: 1 };
    const sent = JSON.parse(got.bodies.find((body) => body.includes('resourceLogs')) as string);
    expect(evaluations(sent, { at, rules: {} })?.[0]).toMatchObject({ target: 'chatcmpl-0', label: one.probability });
    expect(got.bodies.join('')).not.toContain(JSON.parse(lines[0]).answer);
  });

  it('makes no request wait for a receiver that does not answer, and counts what it drops', async () => {
    const held: ServerResponse[] = [];
    const { url, got, answers } = await receiver((_, response) => void held.push(response));
    const { app, score, close } = await service(url, { queue: 3, send: ['events'] });
    await score(lines[0]);
    await until(() => held.length === 1);
    for (const line of lines.slice(1, 6)) expect((await score(line)).statusCode).toBe(200);
    expect(await counts(app)).toMatchObject({ 'events waiting': 3, 'events dropped': 3, 'events sent': 0 });
    answers.reply = (_, response) => void response.end();
    held[0].end('{}');
    await close();
    expect(got.logs).toHaveLength(3);
    expect(got.spans).toEqual([]);
  });

  it('repeats what may succeed later, and counts and logs what is refused', async () => {
    const statuses = [503, 429, 200, 400, 200];
    const { url, got } = await receiver((_, response) => {
      response.statusCode = statuses[got.bodies.length - 1] ?? 200;
      const refused =
        got.bodies.length === 5 ? { partialSuccess: { rejectedLogRecords: '1', errorMessage: 'old' } } : {};
      response.end(JSON.stringify(refused));
    });
    const { app, score, log } = await service(url, { send: ['events'] });
    await score(lines[0]);
    await until(async () => (await counts(app))['events sent'] === 1);
    expect(got.bodies).toHaveLength(3);
    expect(new Set(got.bodies).size).toBe(1);
    await score(lines[1]);
    await until(async () => (await counts(app))['events rejected'] === 1);
    await score(`{"records":[${lines.slice(2, 4)}]}`);
    await until(async () => (await counts(app))['events rejected'] === 2);
    expect(await counts(app)).toMatchObject({ 'events sent': 2, 'events dropped': 0, 'events waiting': 0 });
    const said = log.lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg.includes('OTLP'));
    expect(said[0]).toMatchObject({ level: 50, signal: 'events', waiting: 1, reason: expect.stringContaining('503') });
    expect(said.length).toBeLessThan(3);
  });

  it('gives up at the end, and says what is lost', { timeout: 300_000 }, async () => {
    const gone = await receiver();
    await gone.close();
    const { score, close, log } = await service(gone.url);
    expect((await score(lines[0])).statusCode).toBe(200);
    await close();
    const said = log.lines.map((line) => JSON.parse(line));
    expect(said.filter(({ msg }) => msg === 'spans and events were not sent')).toMatchObject([{ dropped: 2 }]);
  });
});

describe('vouch gateway --otlp', () => {
  it('tells the score of an answer with the id that the upstream gave', async () => {
    const { url, got } = await receiver();
    const reply = {
      ...{ id: 'chatcmpl-up', object: 'chat.completion', model: 'm1' },
      choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Canberra.' } }],
    };
    const upstream = createServer((_, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(reply));
    });
    await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void upstream.close());
    const at = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}/v1`;
    const { app } = await openGateway(gatewayOptions(bundle, at, { otlp: otlp(url) }));
    const payload = JSON.stringify({ model: 'm1', messages: [{ role: 'user', content: 'Capital of Australia?' }] });
    const headers = { 'content-type': 'application/json', traceparent };
    const { headers: replied } = await app.inject({ method: 'POST', url: '/v1/chat/completions', payload, headers });
    await app.close();
    expect(got.wrong).toEqual([]);
    expect(got.logs).toHaveLength(1);
    expect(got.logs[0]).toMatchObject({ traceId: TRACE, spanId: CALLER });
    const values = valuesOf(got.logs[0].attributes);
    expect(values).toMatchObject({ 'gen_ai.response.id': 'chatcmpl-up', 'gen_ai.response.model': 'm1' });
    expect(Number(replied['x-vouch-probability'])).toBeCloseTo(values['gen_ai.evaluation.score.value'] as number, 6);
    expect(got.spans).toHaveLength(1);
    expect(got.spans[0]).toMatchObject({ traceId: TRACE, parentSpanId: CALLER });
  });
});

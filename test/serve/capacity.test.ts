import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openGateway } from '../../serve/gateway/gateway.js';
import { arrivals } from '../../serve/http/arriving.js';
import { openService } from '../../serve/service.js';
import type { VouchError } from '../../support/errors.js';
import { fakeUpstream } from '../support/fake-upstream.js';
import { sampleLines } from '../support/sample-answers.js';
import { gatewayOptions, serveOptions } from '../support/serving.js';
import { question, replay, useGateways } from '../support/standing-gateway.js';
import { writeTinyBundle } from '../support/tiny-bundle.js';

useGateways();

const dir = mkdtempSync(join(tmpdir(), 'vouch-capacity-'));
const bundle = join(dir, 'bundle');
const [line] = sampleLines(1);
const ends: (() => unknown)[] = [];

beforeAll(() => writeTinyBundle(bundle));
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});
afterAll(() => rmSync(dir, { recursive: true }));

async function listening(app: FastifyInstance): Promise<{ url: string; port: number }> {
  ends.push(() => app.close());
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  return { url, port: (app.server.address() as AddressInfo).port };
}

/** Sockets that sent the beginning of a request, and send no more. */
async function slow(n: number, port: number, head: string): Promise<Socket[]> {
  const sockets = Array.from({ length: n }, () => connect(port, '127.0.0.1'));
  ends.push(() => {
    for (const socket of sockets) socket.destroy();
  });
  for (const socket of sockets) {
    socket.on('error', () => {});
    if (socket.connecting) await once(socket, 'connect');
    socket.write(`${head}\r\nhost: x\r\ncontent-length: 1000\r\n\r\n{`);
  }
  return sockets;
}

const inFlight = async (url: string): Promise<number> => {
  const text = await (await fetch(url)).text();
  return Number(/^vouch_requests_in_flight (\d+)$/m.exec(text)?.[1]);
};

describe('300 bodies that do not arrive', () => {
  it('shut nobody out of the service: they are not in flight, and metrics are always answered', async () => {
    const { url, port } = await listening((await openService(serveOptions(bundle, { inFlight: 8 }))).app);
    await slow(300, port, 'POST /v1/score HTTP/1.1');
    await sleep(50);
    for (let i = 0; i < 3; i++) {
      const reply = await fetch(`${url}/v1/score`, { method: 'POST', body: line });
      expect([reply.status, ((await reply.json()) as { probability: number }).probability]).toEqual([
        200,
        expect.any(Number),
      ]);
    }
    expect(await inFlight(`${url}/metrics`)).toBe(0);
    expect((await fetch(`${url}/v2/health/ready`)).status).toBe(200);
  });

  it.each(['/v1/chat/completions', '/v1/files'])('nor of the gateway: %s', async (path) => {
    const upstream = await fakeUpstream(replay);
    ends.push(upstream.close);
    const options = gatewayOptions(bundle, upstream.url, { inFlight: 8 });
    const { url, port } = await listening((await openGateway(options)).app);
    await slow(300, port, `POST ${path} HTTP/1.1`);
    await sleep(50);
    const reply = await fetch(`${url}/v1/chat/completions`, { method: 'POST', body: JSON.stringify(question) });
    expect(reply.status).toBe(200);
    expect(await inFlight(`${url}/vouch/metrics`)).toBe(0);
  });
});

/** An upstream whose answers wait until they are released. */
async function heldUpstream() {
  let release = () => {};
  const held = new Promise<void>((done) => (release = done));
  const upstream = await fakeUpstream(async (asked, response, request) => {
    await held;
    return replay(asked, response, request);
  });
  ends.push(upstream.close);
  return { upstream, release };
}

it('what has arrived and is not answered counts: past the limit 503, but metrics and health', async () => {
  const { upstream, release } = await heldUpstream();
  const { url } = await listening((await openGateway(gatewayOptions(bundle, upstream.url, { inFlight: 2 }))).app);
  const ask = (path = '/v1/chat/completions') =>
    fetch(`${url}${path}`, { method: 'POST', body: JSON.stringify(question) });
  const waiting = [ask(), fetch(`${url}/v1/models`)];
  await expect.poll(() => inFlight(`${url}/vouch/metrics`)).toBe(2);
  for (const path of ['/v1/chat/completions', '/v1/embeddings']) {
    const turned = await ask(path);
    expect([turned.status, turned.headers.get('retry-after')]).toEqual([503, '1']);
  }
  expect((await fetch(`${url}/vouch/health/ready`)).status).toBe(200);
  release();
  expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual([200, 418]); // what the fake says of models
  await expect.poll(() => inFlight(`${url}/vouch/metrics`)).toBe(0);
});

it('of bodies that arrive together the largest is cut off, once they are too much', () => {
  const cut: string[] = [];
  const open = arrivals(100);
  const body = (name: string) => open((error: VouchError) => cut.push(`${name} ${error.code}`));
  const [large, small, late] = [body('large'), body('small'), body('late')];
  large.add(60);
  small.add(30);
  expect(cut).toEqual([]);
  late.add(20);
  expect(cut).toEqual(['large BUSY']);
  large.add(1000); // it counts no more
  small.end();
  late.add(75);
  expect(cut).toEqual(['large BUSY']);
  late.add(6);
  expect(cut).toEqual(['large BUSY', 'late BUSY']);
});

it('a large body that is cut off gets 503, and a small one arrives meanwhile', async () => {
  const { app } = await openService(serveOptions(bundle, { bodyLimit: 4000 })); // 16 times that may be arriving
  const { url, port } = await listening(app);
  const heads = 'POST /v1/score HTTP/1.1\r\nhost: x\r\ncontent-length: 4000\r\n\r\n';
  const sockets = Array.from({ length: 17 }, () => connect(port, '127.0.0.1'));
  ends.push(() => {
    for (const socket of sockets) socket.destroy();
  });
  const answers: string[] = [];
  for (const socket of sockets) {
    socket.on('error', () => {}).on('data', (data) => answers.push(data.toString()));
    socket.write(heads + ' '.repeat(3900));
  }
  await expect.poll(() => answers.length).toBeGreaterThan(0);
  expect(answers[0]).toMatch(/^HTTP\/1\.1 503[\s\S]*VOUCH_BUSY/);
  const reply = await fetch(`${url}/v1/score`, { method: 'POST', body: '{"answer":"Lima"}' });
  expect(reply.status).toBe(200);
});

it('from a stop signal on each answer closes its connection, those under way too', async () => {
  const { upstream, release } = await heldUpstream();
  const gateway = await openGateway(gatewayOptions(bundle, upstream.url));
  const { url } = await listening(gateway.app);
  const service = await openService(serveOptions(bundle));
  const served = await listening(service.app);
  const score = () => fetch(`${served.url}/v1/score`, { method: 'POST', body: line });
  expect((await score()).headers.get('connection')).toBe('keep-alive');
  const waiting = fetch(`${url}/v1/chat/completions`, { method: 'POST', body: JSON.stringify(question) });
  await expect.poll(() => inFlight(`${url}/vouch/metrics`)).toBe(1);
  gateway.retire();
  service.retire();
  release();
  for (const reply of [
    await waiting,
    await score(),
    await fetch(`${served.url}/metrics`),
    await fetch(`${url}/v1/models`),
  ]) {
    expect(reply.headers.get('connection')).toBe('close');
    await reply.arrayBuffer();
  }
});

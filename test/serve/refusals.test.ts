import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { featuresModel } from '../../serve/oip/features-model.js';
import { openService, type Service } from '../../serve/service.js';
import { sha256 } from '../../support/digest.js';
import { serveOptions } from '../support/serving.js';
import { writeTinyBundle } from '../support/tiny-bundle.js';

const dir = mkdtempSync(join(tmpdir(), 'vouch-refusals-'));
const bundle = join(dir, 'bundle');
let service: Service;
let port: number;

beforeAll(async () => {
  await writeTinyBundle(bundle);
  service = await openService(serveOptions(bundle, { adminKeys: ['root'], bodyLimit: 64 * 2 ** 20 }));
  await service.app.listen({ port: 0, host: '127.0.0.1' });
  port = (service.app.server.address() as AddressInfo).port;
});
afterAll(async () => {
  await service.app.close();
  rmSync(dir, { recursive: true });
});

/** The path as it is: fetch would make it plain first. */
function get(path: string): Promise<{ status: number | undefined; body: string }> {
  return new Promise((resolve, reject) => {
    httpRequest({ port, host: '127.0.0.1', path }, (response) => {
      let body = '';
      response.on('data', (data) => (body += data)).on('end', () => resolve({ status: response.statusCode, body }));
    })
      .on('error', reject)
      .end();
  });
}

const score = (payload: string, headers: Record<string, string> = {}) =>
  service.app.inject({ method: 'POST', url: '/v1/score', payload, headers });

describe('a coded refusal, and no fault of the service', () => {
  it.each([
    ...['/docs/static/../../x', '/docs/static/%2e%2e/%2e%2e/x', '/docs/static/..%2f..%2fx', '/docs/static/%00'],
    ...[`/docs/static/${'a'.repeat(5000)}`, '/docs/%', '/%', '/docs/static/a%5cb', '//docs/static/../x'],
  ])('%s', async (path) => {
    const { status, body } = await get(path);
    expect([400, 404]).toContain(status);
    expect(JSON.parse(body).error.code).toMatch(/^VOUCH_(NOT_FOUND|BAD_REQUEST)$/);
  });

  it('the page of the documentation and its files are served as ever', async () => {
    const { status, body } = await get('/docs');
    const files = [...body.matchAll(/(?:src|href)="\.?(\/?docs\/[^"]+)"/g)].map(([, path]) => path);
    expect(status).toBe(200);
    expect(files.length).toBeGreaterThan(2);
    for (const path of files)
      expect([path, (await get(path.startsWith('/') ? path : `/${path}`)).status]).toEqual([path, 200]);
  });

  it.each(['toString', 'constructor', '__proto__', 'valueOf', 'gzip, br', ''])(
    'content-encoding: %s',
    async (encoding) => {
      const reply = await score('{}', { 'content-encoding': encoding });
      expect([reply.statusCode, reply.json().error.code]).toEqual([400, expect.stringMatching(/^VOUCH_BAD_/)]);
    },
  );

  it('an expectation that no server knows: 417', async () => {
    const found = await new Promise<{ status?: number; body: string }>((resolve, reject) => {
      const asked = httpRequest({ port, host: '127.0.0.1', path: '/v2', headers: { expect: 'x' } }, (response) => {
        let body = '';
        response.on('data', (data) => (body += data)).on('end', () => resolve({ status: response.statusCode, body }));
      });
      asked.on('error', reject).end();
    });
    expect([found.status, JSON.parse(found.body).error.code]).toEqual([417, 'VOUCH_BAD_REQUEST']);
  });

  it('200,000 choices, and as many samples: 413', async () => {
    const choices = Array.from({ length: 200_000 }, (_, index) => ({
      index,
      message: { content: `a${index}` },
      finish_reason: 'stop',
    }));
    const samples = choices.map(({ message }) => ({ answer: message.content }));
    const request = { messages: [{ role: 'user', content: 'q' }] };
    for (const body of [
      { request, response: { choices } },
      { answer: 'a', samples },
      { records: [{ answer: 'a', samples }] },
    ]) {
      const reply = await score(JSON.stringify(body));
      expect([reply.statusCode, reply.json().error.code]).toEqual([413, 'VOUCH_TOO_LARGE']);
    }
    const raw = {
      inputs: [{ name: 'record', datatype: 'BYTES', shape: [1], data: [JSON.stringify({ answer: 'a', samples })] }],
    };
    const reply = await service.app.inject({ method: 'POST', url: '/v2/models/vouch-raw/infer', payload: raw });
    expect([reply.statusCode, reply.json().code]).toEqual([413, 'VOUCH_TOO_LARGE']);
  });

  it.each([-1, 8193, -(2 ** 31), 2 ** 31 - 1])('a word that the graph has not: %i', async (word) => {
    const signals = { numeric: ['a@1'], categorical: [], words: { length: 2, buckets: 4096 } };
    const loaded = {
      scorer: { manifest: { signals } },
      infer: () => Promise.reject(new Error('it went to the graph')),
    };
    const inputs = new Map<string, unknown>([
      ['features', { name: 'features', datatype: 'FP32', shape: [1, 1], data: new Float32Array(1) }],
      ['words', { name: 'words', datatype: 'INT32', shape: [1, 2], data: Int32Array.from([8192, word]) }],
    ]);
    const { infer } = featuresModel('vouch');
    await expect(infer(inputs as never, loaded as never, {} as never)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  it.each([
    '[null]',
    '[1]',
    '[{}]',
    '[{"record":null}]',
    '{}',
    '[{"record":{"answer":5},"probability":0.5}]',
    '[{"record":{"answer":null},"probability":0.5}]',
  ])('golden rows %s at a reload: 422, and the old bundle stays', async (golden) => {
    const before = readFileSync(join(bundle, 'manifest.json'));
    const kept = readFileSync(join(bundle, 'golden.json'));
    const manifest = JSON.parse(before.toString());
    manifest.files['golden.json'] = sha256(golden);
    manifest.sizes['golden.json'] = golden.length;
    writeFileSync(join(bundle, 'golden.json'), golden);
    writeFileSync(join(bundle, 'manifest.json'), JSON.stringify(manifest));
    const reply = await service.app.inject({
      method: 'POST',
      url: '/v1/admin/reload',
      headers: { 'x-api-key': 'root' },
    });
    writeFileSync(join(bundle, 'golden.json'), kept);
    writeFileSync(join(bundle, 'manifest.json'), before);
    expect([reply.statusCode, reply.json().error.code]).toEqual([422, 'VOUCH_BUNDLE_BAD']);
    expect((await score('{"answer":"Lima"}')).statusCode).toBe(200);
  });
});

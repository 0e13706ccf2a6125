import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DRAINED } from '../../serve/http/collect-body.js';
import { serveDefaults } from '../../serve/options.js';
import { openService, type Service } from '../../serve/service.js';
import { serveOptions } from '../support/serving.js';
import { writeTinyBundle } from '../support/tiny-bundle.js';

const dir = mkdtempSync(join(tmpdir(), 'vouch-bodies-'));
const bundle = join(dir, 'bundle');
const LIMIT = 100_000;
let small: Service;
let usual: Service;
let port: number;

beforeAll(async () => {
  await writeTinyBundle(bundle);
  small = await openService(serveOptions(bundle, { bodyLimit: LIMIT }));
  usual = await openService(serveOptions(bundle));
  await small.app.listen({ port: 0, host: '127.0.0.1' });
  port = (small.app.server.address() as AddressInfo).port;
});
afterAll(async () => {
  await small.app.close();
  await usual.app.close();
  rmSync(dir, { recursive: true });
});

/** Sends all of it before it reads anything, and gives what came then; `''` where the connection broke. */
function sendThenRead(head: string, chunks: readonly Buffer[]): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let got = '';
    socket.pause();
    socket.on('data', (data) => {
      got += data.toString();
    });
    socket.on('error', () => resolve(''));
    socket.on('close', () => resolve(got));
    socket.write(`POST /v1/score HTTP/1.1\r\nHost: x\r\n${head}\r\n\r\n`);
    const next = (i: number): void => {
      if (i < chunks.length) socket.write(chunks[i], () => next(i + 1));
      else setTimeout(() => socket.resume(), 20);
    };
    next(0);
  });
}

describe('a body larger than the limit', () => {
  const mebibyte = Buffer.alloc(2 ** 20, 32);
  const body = Array<Buffer>(20).fill(mebibyte);

  it('sent whole before anything is read gets its 413, by length and in chunks', async () => {
    const byLength = await sendThenRead(`Content-Length: ${20 * 2 ** 20}`, body);
    expect(byLength).toMatch(/^HTTP\/1\.1 413 /);
    expect(byLength).toContain('"code":"VOUCH_TOO_LARGE"');
    const chunked = body.map((bytes) =>
      Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]),
    );
    const inChunks = await sendThenRead('Transfer-Encoding: chunked', [...chunked, Buffer.from('0\r\n\r\n')]);
    expect(inChunks).toMatch(/^HTTP\/1\.1 413 /);
  });

  it('that announces more than is read in vain is refused before it comes', async () => {
    const answer = await sendThenRead(`Content-Length: ${LIMIT + DRAINED + 1}`, []);
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toMatch(/connection: close/i);
  });

  it('is refused so that http.client of Python reads it', async () => {
    const script = `
import http.client
connection = http.client.HTTPConnection('127.0.0.1', ${port})
connection.request('POST', '/v1/score', b' ' * ${20 * 2 ** 20})
print(connection.getresponse().status)`;
    const status = await promisify(execFile)('python3', ['-c', script]).then(
      ({ stdout }) => stdout.trim(),
      (error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? 'no Python here' : String(error)),
    );
    expect(['413', 'no Python here']).toContain(status);
  });

  it('does not keep the service from the next one', async () => {
    const answer = await small.app.inject({ method: 'POST', url: '/v1/score', payload: '{"answer":"x"}' });
    expect(answer.statusCode).toBe(200);
  });
});

describe('a body', () => {
  it('of exactly the limit is taken, of one byte more is not', async () => {
    const of = (size: number) => `{"answer":"${'x'.repeat(size - 13)}"}`;
    const status = async (size: number) =>
      (await small.app.inject({ method: 'POST', url: '/v1/score', payload: of(size) })).statusCode;
    expect(of(LIMIT)).toHaveLength(LIMIT);
    expect(await status(LIMIT)).toBe(200);
    expect(await status(LIMIT + 1)).toBe(413);
  });

  it('that is no UTF-8 is refused, not read with other letters', async () => {
    const payload = Buffer.from('{"answer":"M\xfcnchen"}', 'latin1');
    const answer = await small.app.inject({ method: 'POST', url: '/v1/score', payload });
    expect([answer.statusCode, answer.json()]).toEqual([
      400,
      { error: { code: 'VOUCH_BAD_JSON', message: 'the body is not UTF-8 text. [VOUCH_BAD_JSON]' } },
    ]);
  });

  it('with a byte order mark is read as without', async () => {
    const payload = '{"id":"a","answer":"x","prompt":"q"}';
    const plain = await small.app.inject({ method: 'POST', url: '/v1/score', payload });
    const marked = await small.app.inject({ method: 'POST', url: '/v1/score', payload: `\uFEFF${payload}` });
    expect([marked.statusCode, marked.body]).toEqual([200, plain.body]);
  });

  it('of 20,000 tokens with five alternatives each fits the default limit, as the record has them and as OpenAI sends them', async () => {
    const top = Array.from({ length: 5 }, (_, i) => ({ token: ` token${i}`, logprob: -1.2345678901 - i }));
    const tokens = Array.from({ length: 20_000 }, () => ({ token: ' token0', logprob: -0.1234567891, top }));
    const record = JSON.stringify({ answer: ' token0'.repeat(20_000), tokens });
    expect(record.length).toBeGreaterThan(5e6);
    const bytes = Array.from(Buffer.from(' token0'));
    const content = tokens.map(({ token, logprob }) => ({
      ...{ token, logprob, bytes },
      top_logprobs: top.map((one) => ({ ...one, bytes })),
    }));
    const message = { role: 'assistant', content: ' token0'.repeat(20_000) };
    const log = JSON.stringify({
      id: 'c',
      object: 'chat.completion',
      choices: [{ index: 0, message, logprobs: { content } }],
    });
    expect(log.length).toBeLessThan(serveDefaults.bodyLimit);
    const answer = await usual.app.inject({ method: 'POST', url: '/v1/score', payload: record });
    expect(answer.statusCode).toBe(200);
    expect(answer.json().probability).toBeGreaterThan(0);
  });

  it('is read leniently where it means one thing', async () => {
    const post = (payload: object) => small.app.inject({ method: 'POST', url: '/v1/score', payload });
    const strict = await post({ id: '17', answer: '42', stated: 0.85, reference: ['b'] });
    const loose = await post({ id: 17, answer: 42, stated: '85%', reference: 'b' });
    expect([loose.statusCode, loose.body]).toEqual([200, strict.body]);
  });
});

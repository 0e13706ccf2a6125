import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openService } from '../../serve/service.js';
import { serveOptions } from '../support/serving.js';
import { writeTinyBundle } from '../support/tiny-bundle.js';

const dir = mkdtempSync(join(tmpdir(), 'vouch-broken-'));
let port = 0;
let close: () => Promise<void> = async () => {};
beforeAll(async () => {
  await writeTinyBundle(join(dir, 'bundle'));
  const { app } = await openService(serveOptions(join(dir, 'bundle'), { timeout: 1 }));
  await app.listen({ port: 0, host: '127.0.0.1' });
  port = (app.server.address() as { port: number }).port;
  close = () => app.close();
});
afterAll(async () => {
  await close();
  rmSync(dir, { recursive: true });
});

/** All that comes back for these bytes until the connection ends. */
async function sent(text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let all = '';
  socket.on('data', (bytes) => (all += bytes.toString('latin1')));
  socket.on('error', () => {});
  socket.write(text, 'latin1');
  await once(socket, 'close');
  return all;
}
const statuses = (text: string) => [...text.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => status);
const record = '{"answer":"Canberra"}';
const good = `POST /v1/score HTTP/1.1\r\nhost: x\r\ncontent-length: ${record.length}\r\n\r\n${record}`;

describe('bytes that are not HTTP', () => {
  it('get one refusal with its code, and the connection ends', async () => {
    const reply = await sent('\x01\x02 nothing\r\n\r\n');
    expect(statuses(reply)).toEqual(['400']);
    expect(reply).toContain('VOUCH_BAD_REQUEST');
  });

  it('get no body in reply to HEAD', async () => {
    const reply = await sent('HEAD %/v1 HTTP/1.1\r\nhost: x\r\n\r\n');
    expect(statuses(reply)).toEqual(['400']);
    expect(reply).toMatch(/content-length: [1-9]\d*\r\n/);
    expect(reply.endsWith('\r\n\r\n')).toBe(true);
  });

  it('behind a whole request do not cost it its answer, and get none', async () => {
    const reply = await sent(`${good}\x01\x02\r\n\r\n`);
    expect(statuses(reply)).toEqual(['200']);
    expect(reply).toContain('"probability"');
  });

  it('behind a refused request add nothing to its reply', async () => {
    const reply = await sent(`DELETE /docs HTTP/1.1\r\nhost: x\r\nexpect: x\r\n\r\n{"a":1}\r\n\r\n`);
    expect(statuses(reply)).toEqual(['417']);
    expect(reply.endsWith('}')).toBe(true);
  });

  it('in the body of a request are refused at once', async () => {
    const head = 'POST /v1/score HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n';
    expect(statuses(await sent(`${head}zz\r\n`))).toEqual(['400']);
  });

  it('a body that does not arrive is refused when its time is over', async () => {
    const reply = await sent('POST /v1/score HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\n{');
    expect(statuses(reply)).toEqual(['408']);
    expect(reply).toContain('VOUCH_TIMED_OUT');
  });
});

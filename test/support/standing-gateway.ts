import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { openGateway } from '../../serve/gateway/gateway.js';
import type { GatewayOptions } from '../../serve/options.js';
import { completionFor, eventsFor, fakeUpstream, type Upstream } from './fake-upstream.js';
import { gatewayOptions } from './serving.js';
import { writeTinyBundle } from './tiny-bundle.js';

const dir = mkdtempSync(join(tmpdir(), 'vouch-gateway-'));
/** A bundle that accepts all that has log-probabilities, and one that abstains from all of it. */
export const yes = join(dir, 'yes');
export const no = join(dir, 'no');
/** What is closed after each test. */
export const ends: (() => Promise<unknown>)[] = [];

/**
 * Writes the bundles before the tests of a file, closes what stands after each, and removes all in the end. Each file
 * calls it: files that share a process load this module once, and hooks hold for one file.
 */
export function useGateways(): void {
  beforeAll(async () => {
    mkdirSync(dir, { recursive: true });
    await writeTinyBundle(yes, {
      thresholds: [
        { pattern: 'free+logprobs', threshold: 0 },
        { pattern: 'free+logprobs+samples', threshold: 0 },
      ],
    });
    await writeTinyBundle(no, { thresholds: [{ pattern: 'free+logprobs', threshold: 1 }] });
  });
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
  });
  afterAll(() => rmSync(dir, { recursive: true }));
}

/** An upstream that answers as the OpenAI API does; what is no completion gets 418. */
export const replay: Upstream = ({ body, url }, response) => {
  const asked = body.length === 0 ? {} : JSON.parse(body.toString());
  if (!url.includes('/chat/completions')) return response.writeHead(418, { 'x-own': 'kept' }).end('other');
  if (!asked.stream)
    return response
      .writeHead(200, { 'content-type': 'application/json', 'x-own': 'kept' })
      .end(JSON.stringify(completionFor(asked)));
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const event of eventsFor(asked)) response.write(event);
  response.end();
};

/** A gateway before such an upstream, both listening. */
export async function standing(handler: Upstream, more: Partial<GatewayOptions> = {}, bundle = yes) {
  const upstream = await fakeUpstream(handler);
  ends.push(upstream.close);
  const options = gatewayOptions(bundle, upstream.url, more);
  options.upstream = { ...options.upstream, url: upstream.url };
  const { app } = await openGateway(options);
  ends.push(() => app.close());
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  const post = (body: unknown, init: RequestInit = {}) =>
    fetch(`${url}/v1/chat/completions`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
      ...init,
    });
  return { url, post, asked: upstream.asked };
}

export const question = { model: 'm1', messages: [{ role: 'user', content: 'What is the capital of Australia?' }] };

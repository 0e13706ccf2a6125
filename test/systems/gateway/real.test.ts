import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkAnswer } from '../../../data/check-record.js';
import { openScorer } from '../../../scorer/open.js';
import { openGateway } from '../../../serve/gateway/gateway.js';
import { partsOf } from '../../../serve/gateway/verdict/parts-of.js';
import type { GatewayOptions } from '../../../serve/options.js';
import { MODEL, noLlm, startLlm } from '../../support/llm.js';
import { sdks } from '../../support/python.js';
import { gatewayOptions } from '../../support/serving.js';
import { writeTinyBundle } from '../../support/tiny-bundle.js';

const missing = noLlm();
if (missing !== null) process.stderr.write(`\n*** SKIPPED: the gateway before a real LLM server: ${missing} ***\n\n`);
const dir = mkdtempSync(join(tmpdir(), 'vouch-real-'));
const ends: (() => unknown)[] = [() => rmSync(dir, { recursive: true })];
let llm: string;

const capital = {
  model: MODEL,
  messages: [{ role: 'user', content: 'What is the capital of France?' }],
  max_tokens: 12,
  temperature: 0,
};

describe.skipIf(missing !== null)('before a real LLM server', () => {
  beforeAll(async () => {
    await writeTinyBundle(join(dir, 'yes'), { thresholds: [{ pattern: 'free+logprobs', threshold: 0 }] });
    await writeTinyBundle(join(dir, 'no'), { thresholds: [{ pattern: 'free+logprobs', threshold: 1 }] });
    const { url, stop } = await startLlm();
    llm = url;
    ends.push(stop);
  });
  afterAll(async () => {
    for (const end of ends.reverse()) await end();
  });

  async function gateway(bundle: string, more: Partial<GatewayOptions> = {}): Promise<string> {
    const { app } = await openGateway(gatewayOptions(join(dir, bundle), llm, more));
    ends.push(() => app.close());
    return app.listen({ port: 0, host: '127.0.0.1' });
  }
  const post = (url: string, body: unknown, init: RequestInit = {}) =>
    fetch(`${url}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      ...init,
    });

  it('scores an answer as `vouch score` scores the logged line, and leaves the rest of it as it is', async () => {
    const url = await gateway('yes');
    const direct = (await (await post(llm, { ...capital, logprobs: true, top_logprobs: 5 })).json()) as Record<
      string,
      unknown
    >;
    const plain = (await (await post(llm, capital)).json()) as Record<string, unknown>;
    const reply = await post(url, capital);
    const { vouch, ...rest } = (await reply.json()) as Record<string, unknown> & { vouch: { probability: number } };
    const scorer = await openScorer(join(dir, 'yes'));
    const record = checkAnswer((partsOf('openai-chat', capital, direct)[0] as { record: object }).record);
    expect(record.tokens!.length).toBeGreaterThan(3);
    expect(record.tokens![0].top).toHaveLength(5);
    const { probability } = await scorer.score(record);
    await scorer.close();
    expect(Math.abs(vouch.probability - probability)).toBeLessThan(0.01); // log-probabilities differ a little with what the server has cached
    expect(vouch).toMatchObject({ scored: true, decision: 'accept', pattern: 'free+logprobs' });
    expect(reply.headers.get('x-vouch-decision')).toBe('accept');
    expect(Object.keys(rest).sort()).toEqual(Object.keys(plain).sort());
    const [got] = rest.choices as Record<string, unknown>[];
    const [own] = plain.choices as Record<string, unknown>[];
    expect({ ...got, logprobs: undefined }).toEqual({ ...own, logprobs: undefined });
    expect(got.logprobs).toBe(null);
  });

  it('streams at once: the first words come long before the last, and the score is the same', async () => {
    const url = await gateway('yes');
    const long = {
      ...capital,
      max_tokens: 64,
      messages: [{ role: 'user', content: 'Tell me a long story about a fox.' }],
    };
    const whole = (await (await post(url, long)).json()) as {
      choices: { message: { content: string } }[];
      vouch: { probability: number };
    };
    const began = performance.now();
    const reply = await post(url, { ...long, stream: true });
    let text = '';
    let first = 0;
    for await (const chunk of reply.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      if (first === 0 && /"content":"[^"]/.test(text)) first = performance.now() - began;
    }
    const total = performance.now() - began;
    const events = text.split('\n\n').filter((line) => line.startsWith('data: '));
    expect(events.at(-1)).toBe('data: [DONE]');
    const data = events.slice(0, -1).map((line) => JSON.parse(line.slice(6)));
    expect(data.map(({ choices }) => choices[0]?.delta.content ?? '').join('')).toBe(whole.choices[0].message.content);
    expect(text).not.toContain('top_logprobs');
    expect(Math.abs(data.at(-1).vouch.probability - whole.vouch.probability)).toBeLessThan(0.01);
    expect(first / total).toBeLessThan(0.5);
  });

  it('stops the server’s work where the client goes away', async () => {
    const url = await gateway('yes');
    const busy = async () =>
      ((await (await fetch(`${url}/slots`)).json()) as { is_processing: boolean }[]).some((slot) => slot.is_processing);
    const gone = new AbortController();
    const endless = { ...capital, max_tokens: 1500, ignore_eos: true, stream: true };
    const reply = await post(url, endless, { signal: gone.signal });
    await reply.body!.getReader().read();
    expect(await busy()).toBe(true);
    gone.abort();
    await expect.poll(busy, { timeout: 10_000 }).toBe(false);
  });

  it('replaces what is abstained from, and escalates to a second model', async () => {
    const text = 'I am not sure.';
    const replaced = (await (await post(await gateway('no', { abstainText: text }), capital)).json()) as {
      choices: { message: { content: string } }[];
    };
    expect(replaced.choices[0].message.content).toBe(text);
    const escalate = { endpoint: { url: llm, key: null }, model: 'larger' };
    const asked = (await (await post(await gateway('no', { escalate }), capital)).json()) as { vouch: object };
    expect(asked.vouch).toMatchObject({ scored: true, escalated: { from: { model: MODEL, decision: 'abstain' } } });
  });

  it('passes refusals, other paths and several choices', async () => {
    const url = await gateway('yes');
    const strip = (text: string) => text.replace(/"(created|timings)":[^}]*/g, '');
    const bad = { ...capital, messages: 'none' };
    const [direct, through] = [await post(llm, bad), await post(url, bad)];
    expect([through.status, await through.text()]).toEqual([direct.status, await direct.text()]);
    const models = (base: string) => fetch(`${base}/v1/models`).then((reply) => reply.text());
    expect(strip(await models(url))).toBe(strip(await models(llm)));
    const { vouch } = (await (await post(url, { ...capital, n: 2, temperature: 1 })).json()) as {
      vouch: { choices: object[]; pattern: string };
    };
    expect([vouch.choices.length, vouch.pattern]).toEqual([2, 'free+logprobs+samples']);
  });

  it('OpenAI’s own client reads answers and streams through it', async () => {
    const url = await gateway('yes');
    const interpreter = sdks();
    const { stdout } = await promisify(execFile)(interpreter, [join(import.meta.dirname, 'client.py'), url, MODEL], {
      timeout: 120_000,
    });
    const said = JSON.parse(stdout);
    expect(said.vouch).toMatchObject({ scored: true, decision: 'accept' });
    expect(Number(said.probability)).toBe(said.vouch.probability);
    expect(said.streamed).toBe(said.content);
    expect(said.last.probability).toBeCloseTo(said.vouch.probability, 2);
    expect(said.models).toContain(MODEL);
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { askSchema, waySchema } from '../../../data/ask/options.js';
import { checkAnswer } from '../../../data/check-record.js';
import type { AnswerRecord, Sample } from '../../../data/record.js';
import { replayed } from '../../../library/audit/replay.js';
import { answersAt } from '../../../scorer/policy/answers-at.js';
import { openVerified } from '../../../serve/bundle/open-verified.js';
import { apis } from '../../../serve/gateway/apis/list.js';
import { openGateway } from '../../../serve/gateway/gateway.js';
import { markedAs } from '../../../serve/gateway/policy/arrived.js';
import { asSample } from '../../../serve/gateway/policy/as-sample.js';
import type { PolicyField } from '../../../serve/gateway/policy/policy-field.js';
import { recordsIn } from '../../../serve/gateway/policy/record-in.js';
import { scoringWith } from '../../../serve/gateway/policy/scoring.js';
import { readAsk } from '../../../serve/gateway/upstream/ask.js';
import { gatewayDefaults, type PolicyServing } from '../../../serve/options.js';
import { perform } from '../../../serve/thread/perform.js';
import { tracesOf } from '../../../store/read/trace.js';
import { openExisting } from '../../../store/ready.js';
import { fakeUpstream, type Upstream } from '../../support/fake-upstream.js';
import { gatewayOptions, keptLog } from '../../support/serving.js';
import { ends, useGateways } from '../../support/standing-gateway.js';
import { tinyPolicy, writeTinyPolicy } from '../../support/tiny-policy.js';

useGateways();
const dir = mkdtempSync(join(tmpdir(), 'vouch-policy-long-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const SIGNALS = ['tokens.meanLogprob', 'samples.agree', 'verifiers.nli'];
const STAGES = [
  { name: 'samples', k: 2 },
  { name: 'nli', fields: ['verifiers.nli'] },
  { name: 'large', model: 'large', fields: ['tokens'] },
];
const limits = { choices: 10, tokens: 100_000, event: 1e7, events: 1e6 };
const question = { model: 'm1', temperature: 0, messages: [{ role: 'user', content: 'Which words?' }] };
const [chat] = apis;

/** Tokens with 5 alternatives each, as the API lays them out. The seed makes answers different. */
function tokens(n: number, seed: number) {
  return Array.from({ length: n }, (_, i) => {
    const logprob = -(((i + seed) % 13) + 1) / 10;
    const token = `w${(i * seed) % 97} `;
    const top_logprobs = Array.from({ length: 5 }, (_, k) => ({
      token: k === 0 ? token : `x${k}`,
      logprob: logprob - k,
    }));
    return { token, logprob, top_logprobs };
  });
}

function choice(n: number, seed: number, index = 0) {
  const content = tokens(n, seed);
  const message = { role: 'assistant', content: content.map(({ token }) => token).join('') };
  return { index, message, logprobs: { content }, finish_reason: 'stop' };
}

/** The completion that an endpoint gives: the first answer, its samples, or another model's answer. */
function completion(n: number, { model, count, isSample }: { model: string; count: number; isSample: boolean }) {
  const seed = model === 'large' ? 7 : isSample ? 3 : 1;
  return { id: 'chatcmpl-1', model, choices: Array.from({ length: count }, (_, i) => choice(n, seed + i, i)) };
}

/** An endpoint whose answers have n tokens, whole or as a stream. */
const answering =
  (n: number): Upstream =>
  ({ body }, response) => {
    const { model, n: count = 1, temperature, stream } = JSON.parse(body.toString());
    const whole = completion(n, { model, count, isSample: temperature !== 0 });
    if (!stream) return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(whole));
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const { content } = whole.choices[0].logprobs;
    const event = (one: object) =>
      `data: ${JSON.stringify({ id: whole.id, model, choices: [{ index: 0, ...one }] })}\n\n`;
    for (let i = 0; i < n; i += 100) {
      const part = content.slice(i, i + 100);
      const delta = { content: part.map(({ token }) => token).join('') };
      response.write(event({ delta, logprobs: { content: part } }));
    }
    response.end(`${event({ delta: {}, finish_reason: 'stop' })}data: [DONE]\n\n`);
  };

/** The records of the case as the log formats read them, all at once. */
function recordOf(n: number, model: string, isSample = false, place = 0): AnswerRecord {
  const response = completion(n, { model, count: 2, isSample });
  const one = { ...response, choices: [response.choices[place]] };
  const { message, logprobs } = one.choices[0];
  const top = logprobs.content.map(({ top_logprobs, ...token }) => ({ ...token, top: top_logprobs }));
  const messages = question.messages.map((each) => ({ ...each }));
  const decoding = { temperature: isSample ? 0.7 : 0 };
  return checkAnswer({ model, messages, answer: message.content, tokens: top, decoding, finish: 'stop' }, 'answer', 1);
}

it.each([
  [1500, false],
  [1500, true],
  [200, false], // each response is short, and they are long together
])('%i tokens are scored off the event loop as on it; a stream: %s', { timeout: 120_000 }, async (n, stream) => {
  const policy = tinyPolicy(STAGES);
  const folder = join(dir, `policy-${n}-${stream}`);
  await writeTinyPolicy(folder, policy, SIGNALS);
  const upstream = await fakeUpstream(answering(n));
  const nli = await fakeUpstream((_, response) => void response.end('{"score":0.7}'));
  ends.push(upstream.close, nli.close);
  const serving: PolicyServing = {
    ...{ prices: null, stageTimeout: 30, stageTimeouts: {}, sampleTemperature: null, names: {}, env: {} },
    ...{ seconds: [{ model: null, endpoint: { url: upstream.url, key: null } }], ask: askSchema.parse({}) },
    way: waySchema.parse({ verifiers: [`nli=${nli.url}`] }),
  };
  const place = join(folder, '..', `answers-${n}-${stream}.db`);
  const store = { queue: 100, texts: true, clients: [], feedbackKeys: [], place };
  const log = keptLog();
  const { app } = await openGateway(gatewayOptions(folder, upstream.url, { log, policy: serving, store, timeout: 60 }));
  ends.push(() => app.close());
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  const reply = await fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...question, stream }),
  });
  const text = await reply.text();
  const said = JSON.parse(stream ? /^data: (.*"vouch":.*)$/m.exec(text)![1] : text);
  const { vouch } = said as { vouch: { policy: PolicyField; probability: number; decision: string } };
  expect(vouch).toMatchObject({ scored: true, decision: 'accept', claim: 'policy-tiny' });
  expect(vouch.policy).toMatchObject({ bought: ['samples', 'nli', 'large'], failed: null, differs: [] });

  const loaded = await openVerified(folder, { ran: () => {} });
  ends.push(() => loaded.close());
  const first = recordOf(n, 'm1');
  const samples = [0, 1].map((i): Sample => asSample(recordOf(n, 'm1', true, i), 0.7));
  const whole = {
    ...{ group: '', first: { ...first, samples, verifiers: { nli: 0.7 } } },
    others: new Map([['large', recordOf(n, 'large')]]),
  };
  const best = async (bought: string[]) => {
    const records = answersAt(whole, new Set(bought), policy.prices);
    const scores = await Promise.all(records.map((each) => loaded.score(each)));
    return Math.max(...scores.map(({ probability }) => probability as number));
  };
  for (const [i, step] of vouch.policy.steps.entries()) {
    expect(step.probability).toBeCloseTo(await best(['samples', 'nli', 'large'].slice(0, i)), 6);
  }
  const metrics = await (await fetch(`${url}/vouch/metrics`)).text();
  expect(metrics).toContain('\nvouch_threads 1\n');
  expect(metrics).toContain('\nvouch_probability_count 1\n');

  const opened = await openExisting(place);
  try {
    await expect.poll(async () => (await tracesOf(opened, 'chatcmpl-1')).length, { timeout: 20_000 }).toBe(1);
    const [{ row }] = await tracesOf(opened, 'chatcmpl-1');
    expect(row).toMatchObject({ decision: 'accept', claim: 'policy-tiny', basis: 'policy(samples,nli,large)' });
    expect(row.answer).toBe(vouch.policy.returned === 'large' ? recordOf(n, 'large').answer : first.answer);
    expect(await replayed(row, [folder], {})).toMatchObject({ same: true, differs: [] });
  } finally {
    await opened.close();
  }
});

it('a thread scores the records that the event loop has, with all tokens and with what changed since', async () => {
  const folder = join(dir, 'round');
  await writeTinyPolicy(folder, tinyPolicy(STAGES), SIGNALS);
  const loaded = await openVerified(folder, { ran: () => {} });
  ends.push(() => loaded.close());
  const scored: AnswerRecord[] = [];
  const spied = {
    ...loaded,
    score: (record: AnswerRecord) => {
      scored.push(record);
      return loaded.score(record);
    },
  } as typeof loaded;
  const listener = { ran: () => {}, failed: () => {}, scored: () => {} };
  const kinds: string[] = [];
  /** A thread that is none, and gets copies as one does. */
  const side = {
    ...loaded.side,
    run: async (job: Parameters<typeof loaded.side.run>[0], { listener: told }: { listener: typeof listener }) => {
      kinds.push(job.kind);
      return structuredClone(await perform(structuredClone(job), spied, told));
    },
  } as unknown as typeof loaded.side;
  const own = [
    { answer: 'sent', model: 'alias', tokens: tokens(3, 2).map(({ token, logprob }) => ({ token, logprob })) },
  ];
  const body = { ...question, vouch: { context: ['a passage'], samples: own, features: { own: 1 } } };
  const ask = readAsk(Buffer.from(JSON.stringify(body)), chat)!;
  const response = completion(1500, { model: 'm1', count: 1, isSample: false });
  const judge = { task: 'task', limits, failed: () => {} };
  const reading = { judge, side, naming: { aliases: { m1: 'm-one', alias: 'm-two' } } };
  const { signal } = new AbortController();
  const received = { stream: false, parts: [Buffer.from(JSON.stringify(response))] };
  const arriving = { response, received, ofQuestion: false, signal };
  const [read] = (await recordsIn(reading, ask, arriving)) as AnswerRecord[];
  expect(read.tokens).toHaveLength(1);
  expect(read.answer).toBe(response.choices[0].message.content);
  expect(read).toMatchObject({ model: 'm-one', task: 'task', context: ['a passage'] });
  const changed = { ...read, verifiers: { nli: 0.7 }, features: undefined };
  const sample = markedAs(asSample(read, 0.7), read);
  const peer: Sample = { answer: 'peer', model: 'large' };
  const records = [{ ...changed, samples: [...(read.samples ?? []), sample, peer] }];
  const { score } = scoringWith({ score: loaded.score, side }, { judge, signal });
  const [{ probability }] = await score(records);
  expect(kinds).toEqual(['read', 'records']);
  const [whole] = scored;
  const full = recordOf(1500, 'm1');
  const plain = full.tokens!.map(({ top: _, ...token }) => token);
  expect(whole.tokens).toEqual(full.tokens);
  expect(whole.samples).toEqual([{ ...own[0] }, { answer: full.answer, temperature: 0.7, tokens: plain }, peer]);
  expect(whole).toMatchObject({ ...{ model: 'm-one', task: 'task', verifiers: { nli: 0.7 }, context: ['a passage'] } });
  expect(whole.features).toBeUndefined();
  expect(probability).toBe((await loaded.score(whole)).probability);
});

it('samples that are too large to be scored do not count', async () => {
  const folder = join(dir, 'large');
  await writeTinyPolicy(folder, tinyPolicy([{ name: 'samples', k: 1 }]), SIGNALS);
  const upstream = await fakeUpstream(({ body }, response) => {
    const { model, temperature } = JSON.parse(body.toString());
    const n = temperature === 0 ? 5 : 50;
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(completion(n, { model, count: 1, isSample: true })));
  });
  ends.push(upstream.close);
  const policy: PolicyServing = {
    ...{ prices: null, stageTimeout: gatewayDefaults.stageTimeout, stageTimeouts: {}, sampleTemperature: null },
    ...{ seconds: [], names: {}, env: {}, ask: askSchema.parse({}), way: waySchema.parse({}) },
  };
  const few = { ...limits, tokens: 20 };
  const { app } = await openGateway(gatewayOptions(folder, upstream.url, { policy, limits: few }));
  ends.push(() => app.close());
  const reply = await app.inject({ method: 'POST', url: '/v1/chat/completions', payload: question });
  const { policy: field } = reply.json().vouch;
  expect(field.failed).toMatchObject({ stage: 'samples', reason: '0 of 1 samples came: more than 20 tokens' });
});

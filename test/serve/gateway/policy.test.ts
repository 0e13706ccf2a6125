import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { askSchema, waySchema } from '../../../data/ask/options.js';
import { replayed } from '../../../library/audit/replay.js';
import type { Policy } from '../../../scorer/policy/policy.js';
import { boughtIn, spentIn } from '../../../scorer/policy/stored-basis.js';
import { openGateway } from '../../../serve/gateway/gateway.js';
import type { PolicyField } from '../../../serve/gateway/policy/policy-field.js';
import { type GatewayOptions, gatewayDefaults, type PolicyServing } from '../../../serve/options.js';
import { tracesOf } from '../../../store/read/trace.js';
import { openExisting } from '../../../store/ready.js';
import { replayApis } from '../../support/fake-apis.js';
import { completionFor, fakeUpstream, type Upstream } from '../../support/fake-upstream.js';
import { gatewayOptions, keptLog } from '../../support/serving.js';
import { ends, replay, useGateways } from '../../support/standing-gateway.js';
import { tinyPolicy, writeTinyPolicy } from '../../support/tiny-policy.js';

useGateways();
const dir = mkdtempSync(join(tmpdir(), 'vouch-policy-gateway-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const LOGPROBS = { name: 'logprobs' };
const SAMPLES = { name: 'samples', k: 3 };
const NLI = { name: 'nli', fields: ['verifiers.nli'] };
const LARGE = { name: 'large', model: 'large' };
const SIGNALS = ['text.words', 'text.chars', 'tokens.count', 'tokens.meanLogprob', 'samples.agree', 'verifiers.nli'];

const question = {
  model: 'm1',
  temperature: 0,
  messages: [{ role: 'user', content: 'What is the capital of Australia?' }],
};

type Serving = Partial<Omit<PolicyServing, 'ask' | 'way'>> & { ask?: object; way?: object };

function serving({ ask = {}, way = {}, ...more }: Serving = {}): PolicyServing {
  return {
    ...{ prices: null, stageTimeout: gatewayDefaults.stageTimeout, stageTimeouts: {}, sampleTemperature: null },
    ...{ seconds: [], names: {}, env: {} },
    ...{ ask: askSchema.parse(ask), way: waySchema.parse(way) },
    ...more,
  };
}

let made = 0;
interface Reply {
  model: string;
  choices: { message: { content: string } }[];
  vouch: { policy: PolicyField; [key: string]: unknown };
}

/** A gateway that follows a policy, before fake endpoints. */
async function following(
  policy: Policy,
  given: Serving = {},
  { upstream = replay, ...more }: Partial<Omit<GatewayOptions, 'policy' | 'upstream'>> & { upstream?: Upstream } = {},
) {
  const folder = join(dir, `policy-${made++}`);
  await writeTinyPolicy(folder, policy, SIGNALS);
  const first = await fakeUpstream(upstream);
  ends.push(first.close);
  const log = keptLog();
  const { app } = await openGateway(gatewayOptions(folder, first.url, { log, policy: serving(given), ...more }));
  ends.push(() => app.close());
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  const post = (body: object, headers: Record<string, string> = {}, path = 'chat/completions') =>
    fetch(`${url}/v1/${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
    });
  const ask = async (body: object = question) => (await (await post(body)).json()) as Reply;
  const metrics = async () => (await fetch(`${url}/vouch/metrics`)).text();
  return { post, ask, metrics, asked: first.asked, log, folder };
}

/** An endpoint that answers with this text. */
async function second(text: string, handler?: Upstream) {
  const server = await fakeUpstream(
    handler ??
      (({ body }, response) => {
        const asked = JSON.parse(body.toString());
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(completionFor(asked, text)));
      }),
  );
  ends.push(server.close);
  return { ...server, seconds: [{ model: null, endpoint: { url: server.url, key: 'second-key' } }] };
}

/** A verifier's service. */
async function verifier(handler?: Upstream) {
  const server = await fakeUpstream(handler ?? ((_, response) => void response.end('{"score":0.7}')));
  ends.push(server.close);
  return { ...server, way: { verifiers: [`nli=${server.url}`] } };
}

const never: Upstream = () => {};
const stopping = (stages: object[]) => {
  const policy = tinyPolicy(stages);
  return { ...policy, plan: { ...policy.plan, cuts: policy.plan.cuts.map(() => [{ from: 0, do: 'stop' as const }]) } };
};

describe('a gateway that follows a policy', () => {
  it('buys every stage that the policy wants, in its order, and returns the answer that the policy chose', async () => {
    const large = await second('Perth');
    const nli = await verifier();
    const policy = tinyPolicy([LOGPROBS, SAMPLES, NLI, LARGE]);
    // the second model's answer is the better one by a line that only the last state has: none; so see which one returns
    const { ask, asked } = await following(policy, { seconds: large.seconds, ...{ way: nli.way } });
    const reply = await ask();
    expect(reply.vouch).toMatchObject({ scored: true, decision: 'accept', why: null, claim: 'policy-tiny' });
    const { policy: field } = reply.vouch;
    expect(field).toMatchObject({ bought: ['logprobs', 'samples', 'nli', 'large'], failed: null, differs: [] });
    expect(field.stages.map(({ stage, known }) => [stage, known])).toEqual([
      ['logprobs', true],
      ['samples', undefined],
      ['nli', undefined],
      ['large', undefined],
    ]);
    expect(field.spent).toEqual({ money: 9, tokens: 10, milliseconds: 200, worth: 9 });
    expect(field.steps.map((each) => [each.do, each.stage])).toEqual([
      ['buy', 'logprobs'],
      ['buy', 'samples'],
      ['buy', 'nli'],
      ['buy', 'large'],
      ['accept', null],
    ]);
    expect(reply.choices[0].message.content).toBe(field.returned === 'large' ? 'Perth' : 'Canberra é😀');
    // the first answer, then one request for three samples at the temperature of the certificate
    const bodies = asked.map(({ body }) => JSON.parse(body.toString()));
    expect(bodies.map(({ temperature, n, stream }) => [temperature, n, stream])).toEqual([
      [0, undefined, undefined],
      [0.7, 3, undefined],
    ]);
    expect(JSON.parse(nli.asked[0].body.toString())).toMatchObject({ answer: 'Canberra é😀', model: 'm1' });
    expect(large.asked.map(({ headers }) => headers.authorization)).toEqual(['Bearer second-key']);
    expect(JSON.parse(large.asked[0].body.toString())).toMatchObject({ model: 'large', messages: question.messages });
  });

  it('returns the second model’s answer where that is the better one', async () => {
    const large = await second('Perth');
    const policy = tinyPolicy([LARGE]);
    const { ask, metrics } = await following(policy, { seconds: large.seconds });
    const contents = new Set<string>();
    for (const words of ['', ' or so', ' perhaps, I think it may be']) {
      large.asked.length = 0;
      const reply = await ask({ ...question, messages: [{ role: 'user', content: `Which city?${words}` }] });
      const { policy: field, probability } = reply.vouch;
      const isLarge = field.returned === 'large';
      expect(reply.model).toBe(isLarge ? 'large' : 'm1');
      expect(reply.choices[0].message.content).toBe(isLarge ? 'Perth' : 'Canberra é😀');
      expect(field.steps.at(-1)?.probability).toBe(probability);
      contents.add(reply.model);
    }
    expect([...contents]).toEqual(['large']);
    expect(await metrics()).toContain('vouch_policy_purchases_total{stage="large",known="no"} 3');
  });

  it('buys what a stage sells even if the client sends it: the certificate is about its own verifier', async () => {
    const nli = await verifier();
    const { ask } = await following(tinyPolicy([NLI]), { way: nli.way });
    const honest = await ask();
    const forged = await ask({ ...question, vouch: { verifiers: { nli: 0.01 } } });
    expect(nli.asked).toHaveLength(2);
    expect(forged.vouch.probability).toBe(honest.vouch.probability);
  });

  it('buys nothing where the policy buys nothing', async () => {
    const large = await second('Perth');
    const nli = await verifier();
    const { ask, asked, metrics } = await following(stopping([SAMPLES, NLI, LARGE]), {
      seconds: large.seconds,
      way: nli.way,
    });
    const { vouch } = await ask();
    expect(vouch).toMatchObject({ decision: 'abstain', why: null, claim: null, low: null, high: null });
    expect(vouch.policy).toMatchObject({ bought: [], milliseconds: 0, returned: null, spent: { worth: 1 } });
    expect([asked.length, large.asked.length, nli.asked.length]).toEqual([1, 0, 0]);
    const text = await metrics();
    expect(text).toContain('vouch_policy_decisions_total{decision="abstain",why=""} 1');
    expect(text).toContain('vouch_policy_spent_total{unit="money"} 1');
  });

  it.each([
    ['a verifier that fails', [NLI], 'nli', /nli/],
    ['a second model that fails', [LARGE], 'large', /status 500/],
    ['samples that fail', [SAMPLES], 'samples', /0 of 3 samples/],
    ['log-probabilities that do not come', [LOGPROBS], 'logprobs', /log-probabilities/],
  ])('abstains after %s, whatever the probability', async (_, stages, stage, reason) => {
    const broken: Upstream = (__, response) => void response.writeHead(500).end('{"error":{"message":"broken"}}');
    const large = await second('', broken);
    const nli = await verifier(broken);
    const upstream: Upstream = (given, response, request) => {
      const asked = JSON.parse(given.body.toString());
      if (asked.temperature === 0.7) return broken(given, response, request);
      if (asked.logprobs) return response.writeHead(400).end('{"error":{"message":"logprobs is not supported"}}');
      return replay(given, response, request);
    };
    const more = { seconds: large.seconds, way: nli.way };
    const { ask, metrics } = await following(tinyPolicy(stages), more, { upstream, abstainText: 'I am not sure.' });
    const { vouch, choices } = await ask();
    expect(vouch).toMatchObject({ decision: 'abstain', why: 'missing signal', claim: null, replaced: true });
    expect(vouch.policy.failed).toMatchObject({ stage, reason: expect.stringMatching(reason) });
    expect(choices[0].message.content).toBe('I am not sure.');
    const text = await metrics();
    expect(text).toContain(`vouch_policy_failures_total{stage="${stage}",late="no"} 1`);
    expect(text).toContain(`vouch_policy_stage_seconds_count{stage="${stage}"} 1`);
    expect(text).toContain('vouch_policy_decisions_total{decision="accept",why=""} 0');
  });

  it('abstains after a deadline', async () => {
    const large = await second('', never);
    const given = { seconds: large.seconds, stageTimeouts: { large: 0.05 } };
    const { ask, metrics } = await following(tinyPolicy([LARGE]), given);
    const { vouch } = await ask();
    expect(vouch).toMatchObject({ decision: 'abstain', why: 'missing signal', claim: null });
    expect(vouch.policy.failed).toMatchObject({ stage: 'large', reason: 'it took longer than 0.05 s' });
    expect(await metrics()).toContain('vouch_policy_failures_total{stage="large",late="yes"} 1');
  });

  it('holds a stream back until the question is decided, and passes the chosen answer on as a stream', async () => {
    const large = await second('', (given, response, request) => replay(given, response, request));
    const { post } = await following(tinyPolicy([SAMPLES, LARGE]), { seconds: large.seconds });
    const reply = await post({ ...question, stream: true, stream_options: { include_usage: true } });
    expect(reply.headers.get('content-type')).toBe('text/event-stream');
    // headers come with the decision, so nothing was sent before it
    expect(reply.headers.get('x-vouch-decision')).toBe('accept');
    expect(reply.headers.get('x-vouch-bought')).toBe('samples, large');
    const events = (await reply.text()).split('\n\n').filter((line) => line !== '');
    expect(events.at(-1)).toBe('data: [DONE]');
    const data = events.slice(0, -1).map((line) => JSON.parse(line.slice(6)));
    expect(data.map(({ choices }) => choices[0]?.delta.content ?? '').join('')).toBe('Canberra é😀');
    expect(data.at(-1).vouch).toMatchObject({ decision: 'accept', policy: { bought: ['samples', 'large'] } });
    expect(JSON.parse(large.asked[0].body.toString())).toMatchObject({ stream: true });
  });

  it('asks for samples one by one where the endpoint gives one, never with the seed or the stream of the client', async () => {
    const upstream: Upstream = (given, response, request) => {
      const asked = { ...JSON.parse(given.body.toString()), n: 1 };
      return replay({ ...given, body: Buffer.from(JSON.stringify(asked)) }, response, request);
    };
    const { ask, asked } = await following(tinyPolicy([SAMPLES]), {}, { upstream });
    const { vouch } = await ask({ ...question, seed: 7 });
    expect(vouch).toMatchObject({ decision: 'accept', policy: { bought: ['samples'] } });
    const bodies = asked.map(({ body }) => JSON.parse(body.toString()));
    expect(bodies.map(({ n, temperature }) => [n, temperature])).toEqual([
      [undefined, 0],
      [3, 0.7],
      [undefined, 0.7],
      [undefined, 0.7],
    ]);
    expect(new Set(bodies.map(({ seed }) => seed)).size).toBe(4);
  });

  it('accepts nothing where something differs from the certificate, and says what', async () => {
    const { ask, metrics } = await following(tinyPolicy([LOGPROBS]));
    for (const [change, what] of [
      [{ temperature: 1 }, 'temperature'],
      [{ model: 'm2' }, 'model'],
      [{ vouch: { selected: true } }, 'selected'],
    ] as const) {
      const { vouch } = await ask({ ...question, ...change });
      expect(vouch).toMatchObject({ decision: 'abstain', why: 'uncertified policy', claim: null });
      expect(vouch.policy.differs).toEqual([what]);
      expect(await metrics()).toContain(`vouch_policy_differences_total{what="${what}"} 1`);
    }
    expect((await ask()).vouch.decision).toBe('accept');
  });

  it('accepts nothing where the endpoint says that another model answered, unless it has that name there', async () => {
    const other = await second('', ({ body }, response) => {
      const asked = { ...JSON.parse(body.toString()), model: 'large-2' };
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify(completionFor(asked, 'Perth')));
    });
    const strange = await following(tinyPolicy([LARGE]), { seconds: other.seconds });
    expect((await strange.ask()).vouch).toMatchObject({ decision: 'abstain', policy: { differs: ['model of large'] } });
    const named = await following(tinyPolicy([LARGE]), { seconds: other.seconds, names: { large: 'large-2' } });
    expect((await named.ask()).vouch).toMatchObject({ decision: 'accept', policy: { differs: [] } });
    expect(other.asked.map(({ body }) => JSON.parse(body.toString()).model)).toEqual(['large', 'large-2']);
  });

  it('announces at the start that the certificate is void', async () => {
    const { ask, log } = await following(tinyPolicy([SAMPLES]), { sampleTemperature: 1 });
    expect(log.lines.join('')).toContain('The certificate is void: samples are asked at the temperature 1');
    const { vouch } = await ask();
    expect(vouch).toMatchObject({ decision: 'abstain', why: 'uncertified policy', claim: null });
    expect(vouch.policy.differs).toEqual(['sample temperature']);
    const none = await following(tinyPolicy([LOGPROBS], { claim: null }));
    expect(none.log.lines.join('')).toContain('Nothing was certified for this policy');
    expect((await none.ask()).vouch.decision).toBe('abstain');
  });

  it('accepts none of several answers, and gives a call of a tool no score', async () => {
    const { ask } = await following(tinyPolicy([LOGPROBS]));
    expect((await ask({ ...question, n: 2 })).vouch).toMatchObject({ scored: false, decision: null });
    const upstream: Upstream = (_, response) => {
      const call = {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: 'c', type: 'function', function: { name: 'f', arguments: '{}' } }],
      };
      const choices = [{ index: 0, message: call, finish_reason: 'tool_calls' }];
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ ...completionFor({}), choices }));
    };
    const calling = await following(tinyPolicy([LOGPROBS]), {}, { upstream });
    expect((await calling.ask()).vouch).toMatchObject({ scored: false, why: 'no answer', finish: 'tool_calls' });
  });

  it.each([
    ['a model without an endpoint', [LARGE], {}, '--second-upstream', /large/],
    ['a verifier that is not given', [NLI], {}, '--verifier', /nli/],
    ['a verdict without a judge', [{ name: 'judge', fields: ['verifiers.judge'] }], {}, '--judge', /judge/],
    ['samples without a number', [{ name: 'samples' }], {}, '--policy', /samples/],
    ['a field of the user', [{ name: 'plan', fields: ['features.plan'] }], {}, '--policy', /plan/],
  ])('refuses %s at the start', async (_, stages, given, field, stage) => {
    await expect(following(tinyPolicy(stages), given)).rejects.toMatchObject({
      code: 'BAD_USAGE',
      message: expect.stringMatching(stage),
      detail: { field },
    });
  });

  it('refuses log-probabilities under --no-logprobs, several sample temperatures, and a slip', async () => {
    await expect(following(tinyPolicy([LOGPROBS]), {}, { askLogprobs: false })).rejects.toMatchObject({
      detail: { field: '--no-logprobs' },
    });
    const several = tinyPolicy([SAMPLES]);
    several.conditions.sampleTemperatures = [0.7, 1];
    await expect(following(several)).rejects.toMatchObject({ detail: { field: '--sample-temperature' } });
    const slip = following(tinyPolicy([SAMPLES]), { stageTimeouts: { sampels: 3 } });
    await expect(slip).rejects.toMatchObject({ detail: { field: '--stage-timeout', got: 'sampels' } });
    // a stage that no state buys needs nothing
    expect((await (await following(stopping([LARGE]))).ask()).vouch.decision).toBe('abstain');
  });

  it('stores what was decided and bought, so that it can be repeated', async () => {
    const store = { queue: 100, texts: false, clients: [], feedbackKeys: [] };
    for (const [i, stages, given] of [
      [0, [SAMPLES], {}],
      [1, [SAMPLES], { sampleTemperature: 1 }],
      [2, [LOGPROBS, NLI], {}],
    ] as const) {
      const place = join(dir, `answers-${i}.db`);
      const nli = await verifier();
      const more = { store: { ...store, place } };
      const { ask, folder } = await following(tinyPolicy([...stages]), { way: nli.way, ...given }, more);
      const { id, vouch } = (await ask()) as Reply & { id: string };
      const opened = await openExisting(place);
      try {
        await expect.poll(async () => (await tracesOf(opened, id)).length, { timeout: 20_000 }).toBe(1);
        const [{ row }] = await tracesOf(opened, id);
        const basis = `policy(${vouch.policy.bought.join(',')})`;
        expect(row).toMatchObject({ decision: vouch.decision, why: vouch.why, claim: vouch.claim, basis });
        expect(await replayed(row, [folder], {})).toMatchObject({ same: true, differs: [], decision: vouch.decision });
        const changed = { ...row, decision: row.decision === 'accept' ? 'abstain' : 'accept' };
        expect((await replayed(changed, [folder], {})).differs).toContain('decision');
      } finally {
        await opened.close();
      }
    }
  });

  it('stores a stage that failed too: it was paid for, and the decision without it can be repeated', async () => {
    const place = join(dir, 'answers-failed.db');
    const large = await second('', (_, response) => void response.writeHead(500).end());
    const nli = await verifier();
    const store = { queue: 100, texts: false, clients: [], feedbackKeys: [], place };
    const given = { seconds: large.seconds, way: nli.way };
    const { ask, folder } = await following(tinyPolicy([NLI, LARGE]), given, { store });
    const { id, vouch } = (await ask()) as Reply & { id: string };
    expect(vouch.policy).toMatchObject({ bought: ['nli'], failed: { stage: 'large' } });
    const opened = await openExisting(place);
    try {
      await expect.poll(async () => (await tracesOf(opened, id)).length, { timeout: 20_000 }).toBe(1);
      const [{ row }] = await tracesOf(opened, id);
      expect(row).toMatchObject({ decision: vouch.decision, why: 'missing signal', basis: 'policy(nli,large!)' });
      expect([boughtIn(row.basis), spentIn(row.basis)]).toEqual([['nli'], ['nli', 'large']]);
      expect(await replayed(row, [folder], {})).toMatchObject({ same: true, differs: [] });
    } finally {
      await opened.close();
    }
  });

  it.each([
    ['responses', { input: 'What is the capital?' }],
    ['completions', { prompt: 'The capital is' }],
    ['messages', { max_tokens: 9, messages: question.messages }],
  ])('buys samples and another model for %s, streamed or not', async (path, asked) => {
    for (const stream of [false, true]) {
      const large = await second('', replayApis);
      const given = { seconds: large.seconds };
      const { post, asked: firsts } = await following(tinyPolicy([{ ...SAMPLES, k: 2 }, LARGE]), given, {
        upstream: replayApis,
      });
      const reply = await post({ model: 'm1', temperature: 0, ...asked, stream }, {}, path);
      expect(reply.headers.get('x-vouch-decision')).toBe('accept');
      expect(reply.headers.get('x-vouch-bought')).toBe('samples, large');
      expect(await reply.text()).toContain('"bought":["samples","large"]');
      const bodies = firsts.map(({ body }) => JSON.parse(body.toString()));
      expect(bodies[0].stream).toBe(stream);
      const samples = bodies.slice(1);
      // only completions have n
      expect(samples.map(({ temperature, n }) => [temperature, n])).toEqual(
        path === 'completions' ? [[0.7, 2]] : Array(2).fill([0.7, undefined]),
      );
      for (const body of samples) expect(body).not.toHaveProperty('stream');
      if (path === 'responses') for (const body of samples) expect(body.store).toBe(false);
      expect(JSON.parse(large.asked[0].body.toString())).toMatchObject({ model: 'large', stream });
    }
  });

  it('asks the model that answered, and a judge elsewhere, who does not get the client’s key', async () => {
    const said = (word: string) => ({
      ...{ id: 'c', object: 'chat.completion', created: 1, model: 'm1' },
      choices: [
        {
          ...{ index: 0, message: { role: 'assistant', content: word }, finish_reason: 'stop' },
          logprobs: { content: [{ token: word, logprob: -0.2, top_logprobs: [{ token: word, logprob: -0.2 }] }] },
        },
      ],
    });
    const words: Upstream = (given, response, request) => {
      const last = JSON.parse(given.body.toString()).messages.at(-1).content;
      if (!last.includes('Proposed answer')) return replay(given, response, request);
      const word = last.includes('How sure') ? 'I am 80% sure.' : 'True';
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(said(word)));
    };
    const judge = await second('', words);
    const stages = [
      { name: 'stated' },
      { name: 'ptrue', fields: ['verifiers.ptrue'] },
      { name: 'judge', fields: ['verifiers.judge'] },
    ];
    const given = {
      ask: { judge: 'wise' },
      way: { judgeEndpoints: [judge.url], judgeApiKeyEnv: ['JUDGE'] },
      env: { JUDGE: 'jk' },
    };
    const { post, asked } = await following(tinyPolicy(stages), given, { upstream: words });
    const reply = (await (await post(question, { authorization: 'Bearer client' })).json()) as Reply;
    expect(reply.vouch.policy).toMatchObject({ bought: ['stated', 'ptrue', 'judge'], failed: null });
    expect(reply.vouch).toMatchObject({ decision: 'accept', pattern: 'free+logprobs+verifiers' });
    expect(asked.map(({ headers }) => headers.authorization)).toEqual(Array(3).fill('Bearer client'));
    expect(judge.asked.map(({ headers }) => headers.authorization)).toEqual(['Bearer jk']);
    expect(JSON.parse(judge.asked[0].body.toString()).model).toBe('wise');
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkAnswer } from '../../../data/check-record.js';
import { logFormatNamed } from '../../../data/read/formats/list.js';
import { openScorer } from '../../../scorer/open.js';
import type { Scorer } from '../../../scorer/scorer.js';
import { apiOf, apis } from '../../../serve/gateway/apis/list.js';
import {
  messageEventsFor,
  messageFor,
  replayApis,
  responseEventsFor,
  responseFor,
  textEventsFor,
  textFor,
} from '../../support/fake-apis.js';
import { no, standing, useGateways, yes } from '../../support/standing-gateway.js';

useGateways();

let scorer: Scorer;
beforeAll(async () => {
  scorer = await openScorer(yes);
});
afterAll(() => scorer.close());

// biome-ignore lint/suspicious/noExplicitAny: bodies of many shapes
type Fields = Record<string, any>;

/** What `vouch score` says of the first answer of a logged line. */
async function logged(format: string, request: Fields, response: Fields): Promise<number> {
  const [part] = logFormatNamed(format)!.read({ request, response }, { requests: new Map() });
  if (!('record' in part)) throw new Error('no record');
  return (await scorer.score(checkAnswer({ ...part.record, id: 'x' }))).probability;
}

const question = 'What is the capital of Australia?';
const input = { model: 'm1', input: question };
const prompt = { model: 'm1', prompt: question };
const messages = { model: 'm1', max_tokens: 9, messages: [{ role: 'user', content: question }] };
const LOGPROBS = 'message.output_text.logprobs';

async function gateway(more: object = {}, bundle = yes) {
  const { url, asked } = await standing(replayApis, more, bundle);
  const post = (path: string, body: object, headers: Record<string, string> = {}) =>
    fetch(`${url}${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
    });
  return { post, asked, bodies: () => asked.map(({ body }) => JSON.parse(body.toString())) };
}

const eventsIn = (text: string) => text.split('\n\n').filter((event) => event !== '');
const dataOf = (event: string) => JSON.parse(event.slice(event.indexOf('data: ') + 6));

it('each API has a log format, and its path is told from others', () => {
  expect(apis.map(({ format }) => logFormatNamed(format)?.name)).toEqual(apis.map(({ format }) => format));
  const of = (path: string) => apiOf(path)?.format ?? null;
  expect(
    [
      '/v1/chat/completions',
      '/openai/deployments/x/chat/completions',
      '/v1/completions',
      '/v1/responses',
      '/v1/messages',
      '/v1/responses/resp_1/cancel',
      '/v1/threads/thread_1/messages',
      '/v1/messages/count_tokens',
      '/v1/embeddings',
    ].map(of),
  ).toEqual([
    'openai-chat',
    'openai-chat',
    'openai-completions',
    'openai-responses',
    'anthropic',
    ...Array(4).fill(null),
  ]);
});

describe('Responses', () => {
  it('are asked with log-probabilities, and come as without, with a score', async () => {
    const { post, bodies } = await gateway();
    const reply = await post('/v1/responses', { ...input, include: ['file_search_call.results'] });
    expect(bodies()[0]).toEqual({
      ...input,
      include: ['file_search_call.results', LOGPROBS],
      top_logprobs: 5,
    });
    const { vouch, ...rest } = (await reply.json()) as Fields;
    expect(rest).toEqual(responseFor(input));
    expect(vouch).toMatchObject({ scored: true, decision: 'accept', pattern: 'free+logprobs' });
    const probability = await logged('openai-responses', input, responseFor({ include: [LOGPROBS], top_logprobs: 5 }));
    expect(vouch.probability).toBeCloseTo(probability, 6);
    expect(reply.headers.get('x-vouch-decision')).toBe('accept');
  });

  it('keep what the client asks for itself', async () => {
    const { post, bodies } = await gateway();
    const own = { ...input, include: [LOGPROBS], top_logprobs: 2 };
    const { vouch: _, ...rest } = (await (await post('/v1/responses', own)).json()) as Fields;
    expect(bodies()[0]).toEqual(own);
    expect(rest).toEqual(responseFor(own));
  });

  it('stream as they came, and say it in the response of the last event', async () => {
    const { post } = await gateway();
    const events = eventsIn(await (await post('/v1/responses', { ...input, stream: true })).text());
    const own = responseEventsFor(input).map((event) => event.trim());
    expect(events.slice(0, -1)).toEqual(own.slice(0, -1));
    const last = dataOf(events.at(-1)!);
    const { vouch, ...response } = last.response;
    expect({ ...last, response }).toEqual(dataOf(own.at(-1)!));
    const whole = (await (await post('/v1/responses', input)).json()) as Fields;
    expect(vouch).toEqual({ ...whole.vouch, time: expect.any(String) });
  });

  it('are scored from the pieces where the last event holds no output', async () => {
    const { url } = await standing(({ body }, response) => {
      const events = responseEventsFor(JSON.parse(body.toString()));
      const last = dataOf(events.at(-1)!.trim());
      const bare = { ...last, response: { ...last.response, output: [] } };
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end([...events.slice(0, -1), `data: ${JSON.stringify(bare)}\n\n`].join(''));
    });
    const reply = await fetch(`${url}/v1/responses`, {
      method: 'POST',
      body: JSON.stringify({ ...input, stream: true }),
    });
    expect(dataOf(eventsIn(await reply.text()).at(-1)!).response.vouch).toMatchObject({
      scored: true,
      pattern: 'free+logprobs',
    });
  });

  it.each([
    [{ output: [{ type: 'function_call', call_id: 'c', name: 'f', arguments: '{}' }] }, 'tool_calls'],
    [{ status: 'incomplete', incomplete_details: { reason: 'content_filter' } }, 'content_filter'],
    [{ status: 'failed', error: { code: 'server_error', message: 'no' }, output: [] }, 'error'],
  ])('are unscored where they hold no answer: %j', async (changed, finish) => {
    const { url } = await standing(({ body }, response) => {
      const whole = { ...responseFor(JSON.parse(body.toString())), ...changed };
      const ending = { completed: 'completed', incomplete: 'incomplete', failed: 'failed' }[String(whole.status)];
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end(`data: ${JSON.stringify({ type: `response.${ending}`, response: whole })}\n\n`);
    });
    const reply = await fetch(`${url}/v1/responses`, {
      method: 'POST',
      body: JSON.stringify({ ...input, stream: true }),
    });
    const { response } = dataOf(eventsIn(await reply.text()).at(-1)!);
    const none = { scored: false, probability: null, decision: null, why: 'no answer', finish };
    expect(response.vouch).toEqual(none);
  });

  it('are replaced whole, nothing of the answer being left; in a held stream, too', async () => {
    const { post } = await gateway({ abstainText: 'I am not sure.', bufferStreams: true }, no);
    const own = { ...input, include: [LOGPROBS], top_logprobs: 2 };
    const text = await (await post('/v1/responses', own)).text();
    expect(text).not.toContain('ber');
    expect(JSON.parse(text)).toMatchObject({
      id: 'resp_1',
      status: 'completed',
      output: [{ id: 'msg_1', type: 'message', content: [{ type: 'output_text', text: 'I am not sure.' }] }],
      vouch: { decision: 'abstain', replaced: true },
    });
    const reply = await post('/v1/responses', { ...input, stream: true });
    expect(reply.headers.get('x-vouch-decision')).toBe('abstain');
    const held = await reply.text();
    expect(held).not.toMatch(/"ber"|Canberra|"top_logprobs":5/);
    const data = eventsIn(held).map(dataOf);
    expect(data.map(({ type }) => type)).toEqual([
      'response.created',
      'response.in_progress',
      'response.output_item.added',
      'response.content_part.added',
      'response.output_text.delta',
      'response.output_text.done',
      'response.content_part.done',
      'response.output_item.done',
      'response.completed',
    ]);
    expect(data.at(-1).response).toMatchObject({ id: 'resp_1', vouch: { replaced: true } });
  });

  it('are asked of a second model, but for those of a stored conversation', async () => {
    const escalate = { endpoint: { url: '', key: null }, model: 'large' };
    const { url, asked } = await standing(replayApis, {}, no);
    const second = await standing(replayApis, { escalate: { ...escalate, endpoint: { url, key: null } } }, no);
    const ask = async (body: object) => {
      const reply = await fetch(`${second.url}/v1/responses`, { method: 'POST', body: JSON.stringify(body) });
      return (await reply.json()) as Fields;
    };
    expect(await ask(input)).toMatchObject({
      model: 'large',
      vouch: { escalated: { from: { model: 'm1', decision: 'abstain' } } },
    });
    expect(await ask({ ...input, conversation: 'conv_1' })).toMatchObject({
      model: 'm1',
      vouch: { escalated: { failed: 'the request belongs to a stored conversation' } },
    });
    expect(asked).toHaveLength(1);
  });
});

describe('text completions', () => {
  it('are asked with log-probabilities, and come as without, with a score', async () => {
    const { post, bodies } = await gateway();
    const reply = await post('/v1/completions', prompt);
    expect(bodies()[0]).toEqual({ ...prompt, logprobs: 5 });
    const { vouch, ...rest } = (await reply.json()) as Fields;
    expect(rest).toEqual(textFor(prompt));
    expect(vouch).toMatchObject({ scored: true, decision: 'accept', pattern: 'free+logprobs' });
    expect(vouch.probability).toBeCloseTo(
      await logged('openai-completions', prompt, textFor({ ...prompt, logprobs: 5 })),
      6,
    );
    const own = { ...prompt, logprobs: 2 };
    const { vouch: _, ...mine } = (await (await post('/v1/completions', own)).json()) as Fields;
    expect([bodies()[1], mine]).toEqual([own, textFor(own)]);
    await post('/v1/completions', { ...prompt, echo: true });
    expect(bodies()[2]).toEqual({ ...prompt, echo: true });
  });

  it('of a list of prompts have a score each, beside those of the same prompt', async () => {
    const { post } = await gateway();
    const { vouch } = (await (
      await post('/v1/completions', { ...prompt, prompt: ['One?', 'Two?'], n: 2 })
    ).json()) as Fields;
    expect(vouch.choices.map(({ pattern }: Fields) => pattern)).toEqual([
      'free+logprobs+samples',
      'free+samples',
      'free+samples',
      'free+samples',
    ]);
    const single = (await (await post('/v1/completions', { ...prompt, prompt: ['One?', 'Two?'] })).json()) as Fields;
    expect(single.vouch.choices.map(({ pattern }: Fields) => pattern)).toEqual(['free+logprobs', 'free']);
  });

  it('stream as they came, with one event more before [DONE]', async () => {
    const { post } = await gateway();
    const events = eventsIn(await (await post('/v1/completions', { ...prompt, stream: true })).text());
    expect(events.filter((_, i) => i !== events.length - 2)).toEqual(
      textEventsFor(prompt).map((event) => event.trim()),
    );
    const last = dataOf(events.at(-2)!);
    expect(last).toMatchObject({ id: 'cmpl-1', object: 'text_completion', model: 'm1', choices: [] });
    const { vouch } = (await (await post('/v1/completions', prompt)).json()) as Fields;
    expect(last.vouch).toEqual({ ...vouch, time: expect.any(String) });
  });

  it('are replaced', async () => {
    const { post } = await gateway({ abstainText: 'I am not sure.', bufferStreams: true }, no);
    const whole = (await (await post('/v1/completions', prompt)).json()) as Fields;
    expect(whole.choices).toEqual([{ index: 0, text: 'I am not sure.', logprobs: null, finish_reason: 'stop' }]);
    const held = await (await post('/v1/completions', { ...prompt, stream: true })).text();
    expect(held).not.toContain('ber');
    const data = eventsIn(held).slice(0, -1).map(dataOf);
    expect(data.map(({ choices }) => choices[0]?.text)).toEqual(['I am not sure.', undefined]);
    expect(data[1].vouch).toMatchObject({ replaced: true });
  });
});

describe('Anthropic’s Messages', () => {
  const none = { scored: false, probability: null, decision: null, why: 'no answer', finish: 'tool_calls' };

  it('are scored without log-probabilities, and pass as they came', async () => {
    const { post, bodies } = await gateway();
    const reply = await post('/v1/messages', messages);
    expect(bodies()).toEqual([messages]);
    const { vouch, ...rest } = (await reply.json()) as Fields;
    expect(rest).toEqual(messageFor(messages));
    expect(vouch).toMatchObject({ scored: true, pattern: 'free', decision: null, why: 'unknown pattern' });
    expect(vouch.probability).toBeCloseTo(await logged('anthropic', messages, messageFor(messages)), 6);

    const events = eventsIn(await (await post('/v1/messages', { ...messages, stream: true })).text());
    const own = messageEventsFor(messages).map((event) => event.trim());
    expect(events.filter((_, i) => i !== events.length - 2)).toEqual(own.filter((_, i) => i !== own.length - 2));
    const { vouch: said, ...last } = dataOf(events.at(-2)!);
    expect([last, said]).toEqual([dataOf(own.at(-2)!), { ...vouch, time: expect.any(String) }]);
  });

  it('that use a tool, or fail on the way, are unscored', async () => {
    const { post } = await gateway();
    const tools = { ...messages, tools: [{ name: 'look' }] };
    const whole = await post('/v1/messages', tools);
    expect([whole.headers.get('x-vouch-decision'), ((await whole.json()) as Fields).vouch]).toEqual(['unscored', none]);
    const events = eventsIn(await (await post('/v1/messages', { ...tools, stream: true })).text());
    expect(dataOf(events.at(-2)!).vouch).toEqual(none);

    const { url } = await standing((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const error = { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } };
      response.end(
        [...messageEventsFor(messages).slice(0, 4), `event: error\ndata: ${JSON.stringify(error)}\n\n`].join(''),
      );
    });
    const broken = await fetch(`${url}/v1/messages`, {
      method: 'POST',
      body: JSON.stringify({ ...messages, stream: true }),
    });
    expect(dataOf(eventsIn(await broken.text()).at(-1)!)).toEqual({
      type: 'error',
      error: { type: 'overloaded_error', message: 'Overloaded' },
      vouch: { ...none, finish: 'error' },
    });
  });

  it('are replaced where strict, tool calls are not; the key is shown as the API wants it', async () => {
    const more = {
      abstainText: 'I am not sure.',
      strict: true,
      bufferStreams: true,
      upstream: { url: '', key: 'theirs' },
    };
    const { post, asked } = await gateway(more, no);
    const headers = { 'anthropic-version': '2023-06-01', 'x-api-key': 'mine' };
    const whole = (await (await post('/v1/messages', messages, headers)).json()) as Fields;
    expect(whole).toMatchObject({
      content: [{ type: 'text', text: 'I am not sure.' }],
      stop_reason: 'end_turn',
      vouch: { replaced: true },
    });
    expect([asked[0].headers['x-api-key'], asked[0].headers.authorization]).toEqual(['theirs', undefined]);
    const held = eventsIn(await (await post('/v1/messages', { ...messages, stream: true })).text()).map(dataOf);
    expect(held.map(({ type }) => type)).toEqual([
      'message_start',
      'content_block_start',
      'content_block_delta',
      'content_block_stop',
      'message_delta',
      'message_stop',
    ]);
    expect(held[2].delta).toEqual({ type: 'text_delta', text: 'I am not sure.' });
    expect(held[4].vouch).toMatchObject({ replaced: true });
    const tools = { ...messages, tools: [{ name: 'look' }] };
    expect((await (await post('/v1/messages', tools)).json()) as Fields).toMatchObject({
      content: messageFor(tools).content,
      vouch: none,
    });
  });
});

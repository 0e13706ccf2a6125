import { describe, expect, it } from 'vitest';
import {
  messageEventsFor,
  messageFor,
  responseEventsFor,
  responseFor,
  textEventsFor,
  textFor,
} from '../../support/fake-apis.js';
import { completionFor, eventsFor, type Upstream } from '../../support/fake-upstream.js';
import { no, standing, useGateways } from '../../support/standing-gateway.js';

useGateways();

type Fields = Record<string, unknown>;
const TEXT = 'I cannot say.';
const SECRET = 'the secret answer';
const messages = [{ role: 'user', content: 'Capital?' }];
const apis: [path: string, asked: Fields, whole: object, events: string[], kept: string[]][] = [
  ['/v1/chat/completions', { messages }, completionFor({}), eventsFor({}), ['id', 'object', 'created', 'model']],
  [
    '/v1/completions',
    { prompt: 'Capital?' },
    textFor({ prompt: 'x' }),
    textEventsFor({}),
    ['id', 'object', 'created', 'model'],
  ],
  [
    '/v1/responses',
    { input: 'Capital?' },
    responseFor({}),
    responseEventsFor({}),
    ['id', 'object', 'created_at', 'model', 'usage'],
  ],
  ['/v1/messages', { messages }, messageFor({}), messageEventsFor({}), ['id', 'type', 'role', 'model', 'usage']],
];

/** Replies of an upstream that says its answer once more elsewhere. */
async function reply(path: string, asked: Fields, type: string, body: string): Promise<string> {
  const handler: Upstream = (_, response) => response.writeHead(200, { 'content-type': type }).end(body);
  const { url } = await standing(handler, { strict: true, abstainText: TEXT, askLogprobs: false }, no);
  const got = await fetch(`${url}${path}`, { method: 'POST', body: JSON.stringify({ model: 'm1', ...asked }) });
  expect(got.headers.get('x-vouch-action')).toBe('replaced');
  return got.text();
}

describe.each(apis)('an answer that was replaced, of %s', (path, asked, whole, events, kept) => {
  const answers = ['choices', 'output', 'content'].find((key) => key in whole) as keyof typeof whole;

  it.each([
    ['in a field of its own', { text: SECRET, output_text: SECRET, x: [SECRET] }],
    ['in fields that name it', { id: SECRET, model: { x: SECRET }, system_fingerprint: [SECRET] }],
    ['in what it cost', { usage: { x: { y: SECRET }, [SECRET]: 1 } }],
  ])('does not stand %s', async (_, more) => {
    const text = await reply(path, asked, 'application/json', JSON.stringify({ ...whole, ...more }));
    expect(text).not.toContain(SECRET);
    expect(text).toContain(TEXT);
  });

  it('does not stand in a field that is doubled', async () => {
    const first = JSON.stringify({
      [answers]: JSON.parse(JSON.stringify(whole[answers]).replaceAll('Canberra', SECRET)),
    });
    const text = await reply(
      path,
      asked,
      'application/json',
      `${first.slice(0, -1)},${JSON.stringify(whole).slice(1)}`,
    );
    expect(text).not.toContain(SECRET);
    expect(text.match(new RegExp(`"${answers}":`, 'g'))?.length).toBe(1);
  });

  it('keeps its head, byte by byte', async () => {
    const sent = JSON.stringify(whole).replace(/1700000000/, '12345678901234567890');
    const text = await reply(path, asked, 'application/json', sent);
    const got = JSON.parse(text);
    for (const key of kept) expect([key, got[key]]).toEqual([key, JSON.parse(sent)[key as never]]);
    if (sent.includes('12345678901234567890')) expect(text).toContain('12345678901234567890');
  });

  it('does not stand in other events of its stream', async () => {
    const odd = [
      `: ${SECRET}\n\n`,
      `id: ${SECRET}\n\n`,
      `event: ${SECRET}\n${events[1].slice(events[1].indexOf('data'))}`,
      `data: ${JSON.stringify({ ...(path.endsWith('completions') ? { choices: [] } : { type: 'ping' }), text: SECRET })}\n\n`,
      events[1].replace('data: {', `data: {"more":"${SECRET}","usage":{"x":"${SECRET}"},`),
    ];
    const sent = [events[0], ...odd, ...events.slice(1)].join('');
    const text = await reply(path, { ...asked, stream: true }, 'text/event-stream', sent);
    expect(text).not.toContain(SECRET);
    expect(text).toContain(TEXT);
    expect(text.match(/"vouch":/g)).toHaveLength(1);
  });
});

it('of a stream keeps its end, its cost and its failure, and the choices that stay', async () => {
  const head = '"id":"c","created":12345678901234567890';
  const usage = `data: {${head},"choices":[],"usage":{"total_tokens":14}}\n\n`;
  const failure = 'data: {"error":{"message":"died"},"text":"the secret answer"}\n\n';
  const words = `data: {${head},"choices":[{"index":0,"delta":{"content":"Canb"},"finish_reason":"stop"}]}\n\n`;
  const text = await reply(
    '/v1/chat/completions',
    { messages, stream: true },
    'text/event-stream',
    words + usage + failure + 'data: [DONE]\n\n',
  );
  const events = text.split('\n\n').filter((event) => event !== '');
  expect(events.slice(2, 4)).toEqual([usage.trim(), 'data: {"error":{"message":"died"}}']);
  expect(events).toHaveLength(6);
  expect(JSON.parse(events[4].slice(6)).vouch).toMatchObject({ scored: false, replaced: true });
  expect(events[5]).toBe('data: [DONE]');
});

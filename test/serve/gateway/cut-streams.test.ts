import { expect, it } from 'vitest';
import { messageEventsFor, responseEventsFor, textEventsFor } from '../../support/fake-apis.js';
import { eventsFor, type Upstream } from '../../support/fake-upstream.js';
import { standing, useGateways } from '../../support/standing-gateway.js';

useGateways();

const messages = [{ role: 'user', content: 'Capital?' }];
const apis: [path: string, asked: object, events: string[]][] = [
  ['/v1/chat/completions', { messages }, eventsFor({})],
  ['/v1/completions', { prompt: 'Capital?' }, textEventsFor({})],
  ['/v1/responses', { input: 'Capital?' }, responseEventsFor({})],
  ['/v1/messages', { messages }, messageEventsFor({})],
];

it.each(apis.flatMap((api) => [false, true].map((bufferStreams) => [...api, bufferStreams] as const)))(
  'a stream of %s that ends within an event has what vouch says before that, every other byte as it came',
  async (path, asked, events, bufferStreams) => {
    const whole = events.slice(0, 3).join('');
    for (const tail of [events[3].slice(0, 30), events[3].trimEnd(), 'data: {"x']) {
      const handler: Upstream = (_, response) =>
        response.writeHead(200, { 'content-type': 'text/event-stream' }).end(whole + tail);
      const { url } = await standing(handler, { askLogprobs: false, bufferStreams });
      const body = JSON.stringify({ model: 'm1', stream: true, ...asked });
      const text = await (await fetch(`${url}${path}`, { method: 'POST', body })).text();
      expect(text.startsWith(whole)).toBe(true);
      expect(text.endsWith(tail)).toBe(true);
      const put = text.slice(whole.length, text.length - tail.length);
      const [, data] = /^(?:event: vouch\n)?data: (.*)\n\n$/.exec(put) as RegExpExecArray;
      expect(JSON.parse(data).vouch).toMatchObject({ scored: false, why: 'no answer', finish: 'error' });
    }
  },
);

it('says nothing inside an event that is longer than events may be', async () => {
  const whole = eventsFor({}).slice(0, 3).join('');
  const long = `data: {"x":"${'y'.repeat(200_000)}"}\n\n`;
  const handler: Upstream = (_, response) =>
    response.writeHead(200, { 'content-type': 'text/event-stream' }).end(whole + long);
  const { url } = await standing(handler, {
    askLogprobs: false,
    bufferStreams: true,
    limits: { choices: 8, tokens: 1e5, events: 1e5, event: 1e4 },
  });
  const body = JSON.stringify({ model: 'm1', stream: true, messages });
  const text = await (await fetch(`${url}/v1/chat/completions`, { method: 'POST', body })).text();
  expect(text.startsWith(whole + long)).toBe(true);
  expect(text.slice(whole.length + long.length)).toMatch(/^(?:event: vouch\n)?data: .*\n\n$/);
});

it.each([false, true])('says nothing behind a long event that is cut off, held back %s', async (bufferStreams) => {
  const all = `${eventsFor({}).slice(0, 3).join('')}data: {"x":"${'y'.repeat(200_000)}`;
  const handler: Upstream = (_, response) => response.writeHead(200, { 'content-type': 'text/event-stream' }).end(all);
  const { url } = await standing(handler, {
    askLogprobs: false,
    bufferStreams,
    limits: { choices: 8, tokens: 1e5, events: 1e5, event: 1e4 },
  });
  const body = JSON.stringify({ model: 'm1', stream: true, messages });
  const reply = await fetch(`${url}/v1/chat/completions`, { method: 'POST', body });
  expect(await reply.text()).toBe(all);
  if (bufferStreams) expect(reply.headers.get('x-vouch-decision')).toBe('unscored');
});

import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { describe, expect, it } from 'vitest';
import type { Upstream } from '../../support/fake-upstream.js';
import { watchSlices } from '../../support/slices.js';
import { question, replay, standing, useGateways } from '../../support/standing-gateway.js';

useGateways();

const MIB = 2 ** 20;
/** Milliseconds of processor time. Each attack took seconds to half a minute in one piece before; a garbage collection counts in. */
const LONGEST = 400;

const tokens = (n: number, top: number) =>
  Array.from({ length: n }, () => ({
    token: 'ab',
    logprob: -0.1,
    top_logprobs: Array.from({ length: top }, (_, k) => ({ token: `x${k}`, logprob: -1 - k })),
  }));
const choices = (n: number, logprobs: unknown, text = 'an answer') =>
  Array.from({ length: n }, (_, index) => ({
    index,
    message: { role: 'assistant', content: `${text} ${index}` },
    logprobs,
    finish_reason: 'stop',
  }));
const event = (choice: unknown) => `data: ${JSON.stringify({ choices: [choice] })}\n\n`;
const ends = [event({ index: 0, delta: {}, finish_reason: 'stop' }), 'data: [DONE]\n\n'];
const piece = Buffer.alloc(65_536, 'a');
const words = event({ index: 0, delta: { content: 'x'.repeat(65_536) }, finish_reason: null });

async function streamed(response: ServerResponse, parts: Iterable<string | Buffer>): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  await pipeline(Readable.from(parts), response).catch(() => {}); // strict ends it early
}
function* times(n: number, part: string | Buffer, last: readonly string[]): Generator<string | Buffer> {
  for (let i = 0; i < n; i++) yield part;
  yield* last;
}
const whole = (list: unknown) => {
  const text = JSON.stringify({ choices: list });
  return (response: ServerResponse) => response.writeHead(200, { 'content-type': 'application/json' }).end(text);
};

const manyTokens = event({
  index: 0,
  delta: { content: 'ab'.repeat(200_000) },
  logprobs: { content: tokens(200_000, 0) },
});
/** What an upstream sends, and why it is unscored (null: it is scored). */
const attacks: [string, string | null, (response: ServerResponse) => unknown][] = [
  ['10,000 choices', 'more than 128 choices', whole(choices(10_000, null))],
  ['128 choices with 100 tokens each', null, whole(choices(128, { content: tokens(100, 5) }, 'ab'.repeat(100)))],
  ['300,000 choices that are none', null, whole([...Array(300_000).fill(0), ...choices(1, null)])],
  ['a list nested 4 million deep', null, (response) => response.writeHead(200).end(`{"choices":${'['.repeat(4e6)}`)],
  [
    'an event of 40 MB without a line end',
    'an event of more than 8388608 bytes',
    (response) => streamed(response, times(640, piece, ['\n\n', ...ends])),
  ],
  ['a stream of 100 MB', 'more than 16777216 bytes', (response) => streamed(response, times(1600, words, ends))],
  [
    '200,000 log-probabilities in one event',
    'an event of more than 8388608 bytes',
    (response) => streamed(response, [manyTokens, ...ends]),
  ],
  [
    '140,000 events',
    'more than 131072 events',
    (response) => streamed(response, times(14, ':\n\n'.repeat(10_000), ends)),
  ],
];

describe.each([
  ['passed', {}],
  ['held back', { bufferStreams: true }],
  ['strict', { strict: true, abstainText: 'withheld' }],
])('an answer that is too much, %s', (how, more) => {
  it.each(attacks)('is no reason for others to wait, nor is its memory: %s', async (_, why, send) => {
    const handler: Upstream = (asked, response, request) =>
      asked.body.includes('attack') ? send(response) : replay(asked, response, request);
    const { url, post } = await standing(handler, { askLogprobs: false, ...more });
    await (await post(question)).text(); // what is slow only once
    const slices = watchSlices();
    let going = true;
    let answered = 0;
    const health = (async () => {
      while (going) {
        const { status } = await fetch(`${url}/vouch/health/ready`);
        if (status === 200) answered++;
      }
    })();
    const reply = await post({ ...question, user: 'attack' });
    let text = '';
    let size = 0;
    for await (const chunk of reply.body ?? []) {
      size += chunk.length;
      text = (text + Buffer.from(chunk).toString('latin1')).slice(-2000);
    }
    going = false;
    slices.stop();
    await health;
    expect(answered).toBeGreaterThan(0);
    expect(slices.longest).toBeLessThan(LONGEST);
    expect(slices.grown).toBeLessThan(400 * MIB);
    if (how === 'strict' && !text.includes('"scored":true')) {
      expect(text).toContain('withheld');
      expect(size).toBeLessThan(5000);
    } else if (how === 'passed' && why !== null) expect(text).toContain(`"why":"${why}"`);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkRecord } from '../../../data/check-record.js';
import { openScorer } from '../../../scorer/open.js';
import type { Scorer } from '../../../scorer/scorer.js';
import { partsOf } from '../../../serve/gateway/verdict/parts-of.js';
import { completionFor, eventsFor } from '../../support/fake-upstream.js';
import { keptLog } from '../../support/serving.js';
import { question, replay, standing, useGateways, yes } from '../../support/standing-gateway.js';

useGateways();

let scorer: Scorer;
beforeAll(async () => {
  scorer = await openScorer(yes);
});
afterAll(() => scorer.close());

/** What `vouch score` says of the logged line. */
async function logged(request: Record<string, unknown>, response: Record<string, unknown>) {
  return scorer.score(checkRecord((partsOf('openai-chat', request, response)[0] as { record: object }).record));
}

describe('a completion', () => {
  it('is scored as the logged line is, in headers and in a field; else it is what the upstream gives without vouch', async () => {
    const { post, asked } = await standing(replay);
    const reply = await post(question);
    const text = await reply.text();
    expect(JSON.parse(asked[0].body.toString())).toEqual({ ...question, logprobs: true, top_logprobs: 5 });
    const { vouch, ...rest } = JSON.parse(text);
    const score = await logged(question, completionFor({ logprobs: true, top_logprobs: 5 }));
    expect(vouch).toMatchObject({
      scored: true,
      decision: 'accept',
      pattern: 'free+logprobs',
      bundle: scorer.digest.slice(0, 12),
    });
    expect(vouch.probability).toBeCloseTo(score.probability as number, 6);
    expect(reply.headers.get('x-vouch-probability')).toBe(String(vouch.probability));
    expect(reply.headers.get('x-vouch-decision')).toBe('accept');
    expect(reply.headers.get('x-vouch-bundle')).toBe(vouch.bundle);
    expect(reply.headers.get('x-vouch-time')).toBe(vouch.time);
    expect(Math.abs(Date.parse(vouch.time) - Date.now())).toBeLessThan(3_600_000);
    expect(reply.headers.get('x-own')).toBe('kept');
    expect(rest).toEqual(completionFor({}));
    expect(text.replace(/,"vouch":\{[^}]*\}/, '')).toBe(JSON.stringify(completionFor({}))); // byte by byte
  });

  it('keeps the log-probabilities that the client asked for, as many as it asked for', async () => {
    const { post, asked } = await standing(replay);
    const body = { ...question, logprobs: true, top_logprobs: 2 };
    const reply = (await (await post(body)).json()) as Record<string, unknown>;
    expect(JSON.parse(asked[0].body.toString())).toEqual(body);
    const { vouch: _, ...rest } = reply;
    expect(rest).toEqual(completionFor({ logprobs: true, top_logprobs: 2 }));
  });

  it('of several choices has a score each, the others being its samples', async () => {
    const { post } = await standing(replay);
    const { vouch } = (await (await post({ ...question, n: 2 })).json()) as {
      vouch: { choices: { pattern: string }[] };
    };
    expect(vouch).toMatchObject({ scored: true, pattern: 'free+logprobs+samples' });
    expect(vouch.choices).toHaveLength(2);
  });

  it('knows what the client tells of its question, which the upstream does not see', async () => {
    const log = keptLog();
    const { post, asked } = await standing(replay, { log, logRecords: true, task: 'default' });
    await (await post({ ...question, vouch: { task: 'capitals', stated: 0.9 } })).text();
    await (await post(question)).text();
    expect(asked.map(({ body }) => JSON.parse(body.toString()).vouch)).toEqual([undefined, undefined]);
    const records = log.lines.filter((line) => line.includes('"scored"')).map((line) => JSON.parse(line).record);
    expect(records.map(({ task, stated }) => [task, stated])).toEqual([
      ['capitals', 0.9],
      ['default', undefined],
    ]);
  });

  it('arrives all the same, marked, where the scorer is broken or the answer is none', async () => {
    const { post } = await standing((asked, response, request) => {
      const body = JSON.parse(asked.body.toString());
      if (body.user === 'tool') {
        const message = { role: 'assistant', content: null, tool_calls: [{ id: 't' }] };
        return response
          .writeHead(200, { 'content-type': 'application/json' })
          .end(JSON.stringify({ choices: [{ index: 0, message }] }));
      }
      if (body.user === 'text') return response.writeHead(200, { 'content-type': 'application/json' }).end('not json');
      return replay(asked, response, request);
    });
    const tool = (await (await post({ ...question, user: 'tool' })).json()) as Record<string, unknown>;
    expect(tool.vouch).toEqual({
      scored: false,
      probability: null,
      decision: null,
      why: 'no answer',
      finish: 'tool_calls',
    });
    const text = await post({ ...question, user: 'text' });
    expect([text.status, text.headers.get('x-vouch-decision'), await text.text()]).toEqual([
      200,
      'unscored',
      'not json',
    ]);

    const bad = await post({ ...question, vouch: { stated: 7 } });
    const body = (await bad.json()) as { vouch: unknown; choices: unknown[] };
    expect([bad.status, body.vouch, body.choices]).toEqual([
      200,
      { scored: false, probability: null, decision: null, why: 'BAD_RECORD: stated' },
      completionFor({}).choices,
    ]);
    expect([bad.headers.get('x-vouch-decision'), bad.headers.get('x-vouch-probability')]).toEqual(['unscored', null]);
  });
});

describe('a stream', () => {
  const read = async (reply: Response) => (await reply.text()).split('\n\n').filter((line) => line !== '');

  it('passes event by event as it came, the score in one more before [DONE]', async () => {
    const { post } = await standing(replay);
    const body = { ...question, stream: true };
    const events = await read(await post(body));
    const own = eventsFor({}).map((event) => event.trim());
    expect(events.filter((_, i) => i !== events.length - 2)).toEqual(own);
    const last = JSON.parse(events.at(-2)!.slice(6));
    expect(last).toMatchObject({
      id: 'chatcmpl-1',
      object: 'chat.completion.chunk',
      choices: [],
      vouch: { scored: true, decision: 'accept' },
    });
    const { vouch } = (await (await post(question)).json()) as { vouch: object };
    expect(last.vouch).toEqual({ ...vouch, time: expect.any(String) }); // the same answer, the same score

    const asked = await read(await post({ ...body, logprobs: true, top_logprobs: 5 }));
    expect(asked.filter((_, i) => i !== asked.length - 2)).toEqual(
      eventsFor({ logprobs: true, top_logprobs: 5 }).map((event) => event.trim()),
    );
    expect(JSON.parse(asked.at(-2)!.slice(6)).vouch).toEqual({ ...vouch, time: expect.any(String) });
  });

  it('is not held back: each event comes before the next one is written', async () => {
    let go = () => {};
    const { post } = await standing(async ({ body }, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      for (const event of eventsFor(JSON.parse(body.toString()))) {
        response.write(event);
        await new Promise<void>((next) => (go = next));
      }
      response.end();
    });
    const reply = await post({ ...question, stream: true });
    const reader = reply.body!.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    for (let i = 1; i <= eventsFor({}).length; i++) {
      while (text.split('\n\n').length - 1 < i) text += (await reader.read()).value;
      expect(text.split('\n\n').length - 1).toBeLessThanOrEqual(i + 1); // the last comes with the score
      go();
    }
    expect((await reader.read()).done).toBe(true);
  });

  it('ends with the score where the upstream writes no [DONE], and breaks off where the upstream does', async () => {
    const { post } = await standing(({ body }, response) => {
      const asked = JSON.parse(body.toString());
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const events = eventsFor(asked);
      if (asked.user === 'torn') return response.write(events[0] + events[1], () => response.destroy());
      response.end(events.slice(0, -1).join(''));
    });
    const events = await read(await post({ ...question, stream: true }));
    expect(JSON.parse(events.at(-1)!.slice(6)).vouch.scored).toBe(true);
    await expect((await post({ ...question, stream: true, user: 'torn' })).text()).rejects.toThrow();
  });

  it('that the client leaves is left by the gateway', async () => {
    let left = false;
    const { post } = await standing(({ body }, response, request) => {
      request.socket.once('close', () => (left = true));
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(eventsFor(JSON.parse(body.toString()))[0]);
    });
    const gone = new AbortController();
    const reply = await post({ ...question, stream: true }, { signal: gone.signal });
    await reply.body!.getReader().read();
    expect(left).toBe(false);
    gone.abort();
    await expect.poll(() => left).toBe(true);
  });
});

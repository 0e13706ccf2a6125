import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chat } from '../../../serve/gateway/apis/chat.js';
import { withoutLogprobs } from '../../../serve/gateway/apis/choices.js';
import { readAsk, topWanted, wireSteps } from '../../../serve/gateway/upstream/ask.js';
import { learn, logprobsMemory } from '../../../serve/gateway/upstream/logprobs-memory.js';
import { judge } from '../../../serve/gateway/verdict/judge.js';
import { eventsOf, eventWith, withData } from '../../../serve/gateway/wire/events.js';
import { atOnce } from '../../../support/steps.js';
import { gatewayOptions } from '../../support/serving.js';

const ask = (body: unknown) => readAsk(Buffer.from(JSON.stringify(body)), chat)!;
const hello = [{ role: 'user', content: 'hello' }];

describe('events', () => {
  it('come whole however the bytes are cut, and joined are the bytes that came', async () => {
    const text = 'data: {"a":"é😀"}\n\n: ping\n\nevent: x\r\ndata: 1\r\ndata: 2\r\n\r\ndata:[DONE]\n\ndata: tail';
    const bytes = Buffer.from(text);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 8 }), async (cuts) => {
        const at = [0, ...cuts.sort((a, b) => a - b), bytes.length];
        const chunks = at.slice(1).map((end, i) => bytes.subarray(at[i], end));
        const events = [];
        for await (const event of eventsOf(Readable.from(chunks.filter(({ length }) => length > 0))))
          events.push(event);
        expect(Buffer.concat(events.map((event) => event.bytes))).toEqual(bytes);
        const data = events.map((event) => event.data).filter((each) => each !== null);
        expect(data).toEqual(['{"a":"é😀"}', '1\n2', '[DONE]', 'tail']);
      }),
    );
  });

  it('keep their other fields where the data is another', () => {
    const put = (text: string, data: string) =>
      withData({ bytes: Buffer.from(text), name: null, data }, '{}').bytes.toString();
    expect(put('id: 7\ndata: {"a":1}\n\n', '{"a":1}')).toBe('id: 7\ndata: {}\n\n');
    expect(put('event: x\r\ndata: {\r\ndata: }\r\n\r\n', '{\n}')).toBe('event: x\r\ndata: {}\r\n\r\n');
    expect(put('data:{}', '{}')).toBe('data: {}');
  });
});

describe('editing a completion', () => {
  const json = fc.jsonValue();
  it('takes log-probabilities out of each choice and leaves all other bytes, however it is spaced', () => {
    const choice = fc.record(
      { index: fc.nat(3), message: json, logprobs: json, more: json },
      { requiredKeys: ['index'] },
    );
    fc.assert(
      fc.property(
        fc.array(choice, { maxLength: 3 }),
        json,
        fc.constantFrom(undefined, 1, '\t'),
        (choices, other, space) => {
          const completion = { id: 'x', other, choices, end: 1.5 };
          const text = JSON.stringify(completion, null, space);
          const edited = atOnce(withoutLogprobs(text));
          const stripped = choices.map((each) => ('logprobs' in each ? { ...each, logprobs: null } : each));
          expect(JSON.parse(edited)).toEqual(JSON.parse(JSON.stringify({ ...completion, choices: stripped })));
          if (choices.every((each) => !('logprobs' in each))) expect(edited).toBe(text);
        },
      ),
    );
  });

  it('leaves what has no list of choices', () => {
    for (const text of ['{"choices":null}', '{"a":[{"logprobs":1}]}', '{}'])
      expect(atOnce(withoutLogprobs(text))).toBe(text);
  });
});

describe('the request for an upstream', () => {
  it('asks for log-probabilities, each other byte as it came', () => {
    const text =
      '{ "model":"m", "messages": [{"role":"user","content":"hello"}], "seed": 12345678901234567890, "logprobs": false }';
    const wire = atOnce(wireSteps(readAsk(Buffer.from(text), chat)!, 5, null));
    expect(wire).toEqual({
      text: text.replace('"logprobs": false ', '"logprobs": true ,"top_logprobs":5'),
      added: true,
    });
  });

  it('leaves it to the client where it asks itself, to the bundle whether any are read', () => {
    expect(ask({ messages: hello, logprobs: true, top_logprobs: 2 }).open).toBe(false);
    expect(ask({ messages: hello, logprobs: false }).open).toBe(true);
    expect(topWanted({ signals: { numeric: ['text.words@1'], categorical: [], topK: 0 } })).toBe(null);
    expect(topWanted({ signals: { numeric: ['tokens.count@2'], categorical: [], topK: 0 } })).toBe(0);
    const plain = ask({ messages: hello });
    expect(atOnce(wireSteps(plain, 0, null))).toEqual({ text: plain.text, added: false });
    expect(JSON.parse(atOnce(wireSteps(plain, 20, 'other')).text)).toMatchObject({ model: 'other', top_logprobs: 20 });
  });

  it.each([
    [
      '{"vouch": {"task":"t"}, "seed": 12345678901234567890, "messages": []}',
      '{"seed": 12345678901234567890, "messages": []}',
    ],
    ['{"messages": [], "vouch":{}, "a":"\\"vouch\\""}', '{"messages": [], "a":"\\"vouch\\""}'],
    ['{"messages": [] , "vouch":null }', '{"messages": [] }'],
    ['{"m":{"vouch":1},"messages":[],"vouch":"vouch"}', '{"m":{"vouch":1},"messages":[]}'],
    ['{"vouch":1, "messages":[], "vouch":2}', '{"messages":[]}'],
    ['{"m":{"vouch":1}, "messages":[], "v\\u006fuch":2}', '{"m":{"vouch":1}, "messages":[]}'],
    [
      '{"seed":12345678901234567890,"vouch":1,"messages":[] ,"vouch":2, "vouch" :3 }',
      '{"seed":12345678901234567890,"messages":[] }',
    ],
  ])('leaves every byte but those of the vouch field: %s', (sent, text) => {
    expect(readAsk(Buffer.from(sent), chat)!.text).toBe(text);
  });

  it('keeps what the client tells vouch from the upstream', () => {
    const { text, own, body } = ask({
      messages: hello,
      vouch: { task: 't', context: ['c'], answer: 'no', id: null },
      user: 'u',
    });
    expect(own).toEqual({ task: 't', context: ['c'] });
    expect([JSON.parse(text), body]).toEqual([
      { messages: hello, user: 'u' },
      { messages: hello, user: 'u' },
    ]);
    for (const bad of ['', '[]', '{"messages":"no"}', '{']) expect(readAsk(Buffer.from(bad), chat)).toBe(null);
  });
});

describe('what is remembered of a model of an upstream', () => {
  it('is a refusal, for an hour', () => {
    let now = 0;
    const of = logprobsMemory(() => now);
    expect(learn(of('http://a', 'openai-chat', 'm'), { kind: 'refused', most: 5, named: true }, now)).toBe(true);
    expect(of('http://a', 'openai-chat', 'm').most).toBe(5);
    expect(of('http://a', 'openai-chat', 'other').most).toBe(Infinity);
    expect(of('http://a', 'openai-responses', 'm').most).toBe(Infinity);
    now = 3_600_001;
    expect(of('http://a', 'openai-chat', 'm').most).toBe(Infinity);
  });

  it('is a failure, when it comes twice in a row, for ten minutes', () => {
    let now = 0;
    const of = logprobsMemory(() => now);
    const memory = () => of('http://a', 'openai-chat', 'm');
    expect(learn(memory(), { kind: 'failed' }, now)).toBe(false);
    expect(memory().most).toBe(Infinity);
    expect(learn(memory(), { kind: 'failed' }, now)).toBe(true);
    expect(memory().most).toBe(0);
    now = 600_001;
    expect(memory()).toMatchObject({ most: Infinity, failures: 0 });
  });
});

it('chunks of a stream become the completion they would have been', () => {
  const gathered = chat.gathering();
  const chunk = (choices: unknown[]) => gathered.add(eventWith({ id: 'x', model: 'm', created: 5, choices }));
  chunk([{ index: 1, delta: { role: 'assistant', content: 'B' }, logprobs: { content: [{ token: 'B' }] } }]);
  chunk([{ index: 0, delta: { role: 'assistant', reasoning_content: 'hm' } }]);
  chunk([{ index: 0, delta: { content: 'A' }, logprobs: { content: [{ token: 'A' }] } }]);
  chunk([{ index: 1, delta: { content: 'b' }, logprobs: { content: [{ token: 'b' }] }, finish_reason: 'stop' }]);
  chunk([{ index: 0, delta: {}, finish_reason: 'length' }]);
  gathered.add(eventWith({ choices: [], usage: { total_tokens: 1 } }));
  gathered.add({ bytes: Buffer.from(': ping\n\n'), name: null, data: null });
  expect(gathered.response()).toEqual({
    id: 'x',
    model: 'm',
    created: 5,
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: 'A', reasoning_content: 'hm' },
        logprobs: { content: [{ token: 'A' }] },
        finish_reason: 'length',
      },
      {
        index: 1,
        message: { role: 'assistant', content: 'Bb' },
        logprobs: { content: [{ token: 'B' }, { token: 'b' }] },
        finish_reason: 'stop',
      },
    ],
  });
});

it('a scorer that throws costs the score, not the answer, and tells nothing of either', async () => {
  const errors: unknown[] = [];
  const loaded = { score: () => Promise.reject(new TypeError('zanzibar')), version: 'v', users: 0 };
  const live = { take: () => loaded, give: () => {} } as unknown as Parameters<typeof judge>[0]['live'];
  const { limits } = gatewayOptions('', '');
  const judging = { live, task: null, limits, scored: () => {}, failed: (error: unknown) => errors.push(error) };
  const completion = {
    choices: [
      { index: 0, message: { content: 'zanzibar' } },
      { index: 1, message: { content: 'b' } },
    ],
  };
  const verdict = { scored: false, probability: null, decision: null, why: 'the scorer failed' };
  expect(await judge(judging, ask({ messages: hello }), completion)).toEqual([verdict, verdict]);
  expect(errors).toHaveLength(2);
  const none = { scored: false, probability: null, decision: null, why: 'no answer', finish: 'error' };
  expect(await judge(judging, ask({ messages: hello }), {})).toEqual([none]);
});

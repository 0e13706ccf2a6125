import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noLimits } from '../../../data/ask/limits.js';
import { learnFrom, readAsk, topWanted, wireText } from '../../../serve/gateway/ask.js';
import { eventsOf, withData } from '../../../serve/gateway/events.js';
import { gathering } from '../../../serve/gateway/gather.js';
import { limitsOf } from '../../../serve/gateway/limits-of.js';
import { mapChoices, withoutLogprobs } from '../../../serve/gateway/places.js';
import { judge } from '../../../serve/gateway/verdict.js';

const ask = (body: unknown) => readAsk(Buffer.from(JSON.stringify(body)))!;
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
    const event = { bytes: Buffer.from('id: 7\ndata: {"a":1}\n\n'), data: '{"a":1}' };
    expect(withData(event, '{}').toString()).toBe('id: 7\ndata: {}\n\n');
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
          const edited = mapChoices(text, withoutLogprobs);
          const stripped = choices.map((each) => ('logprobs' in each ? { ...each, logprobs: null } : each));
          expect(JSON.parse(edited)).toEqual(JSON.parse(JSON.stringify({ ...completion, choices: stripped })));
          if (choices.every((each) => !('logprobs' in each))) expect(edited).toBe(text);
        },
      ),
    );
  });

  it('leaves what has no list of choices', () => {
    for (const text of ['{"choices":null}', '{"a":[{"logprobs":1}]}', '{}'])
      expect(mapChoices(text, withoutLogprobs)).toBe(text);
  });
});

describe('the request for an upstream', () => {
  it('asks for log-probabilities, each other byte as it came', () => {
    const text =
      '{ "model":"m", "messages": [{"role":"user","content":"hello"}], "seed": 12345678901234567890, "logprobs": false }';
    const wire = wireText(readAsk(Buffer.from(text))!, 5, noLimits(), null);
    expect(wire).toEqual({
      text: text.replace('"logprobs": false ', '"logprobs": true ,"top_logprobs":5'),
      added: true,
    });
  });

  it('leaves it to the client where it asks itself, to the bundle whether any are read, to the upstream how many it gives', () => {
    const own = ask({ messages: hello, logprobs: true, top_logprobs: 2 });
    expect(wireText(own, 5, noLimits(), null)).toEqual({ text: own.text, added: false });
    expect(topWanted({ signals: { numeric: ['text.words@1'], categorical: [], topK: 0 } })).toBe(null);
    expect(topWanted({ signals: { numeric: ['tokens.count@2'], categorical: [], topK: 0 } })).toBe(0);
    const plain = ask({ messages: hello });
    expect(wireText(plain, null, noLimits(), null)).toEqual({ text: plain.text, added: false });
    expect(JSON.parse(wireText(plain, 0, noLimits(), null).text)).toMatchObject({ logprobs: true, top_logprobs: 1 });
    const limits = noLimits();
    const sent = wireText(plain, 20, limits, 'other').text;
    expect(JSON.parse(sent)).toMatchObject({ model: 'other', top_logprobs: 20 });
    expect(learnFrom(limits, 400, sent, 'top_logprobs must be at most 5')).toBe(true);
    expect(JSON.parse(wireText(plain, 20, limits, null).text)).toMatchObject({ top_logprobs: 5 });
    expect(learnFrom(limits, 400, wireText(plain, 20, limits, null).text, 'logprobs are not supported')).toBe(true);
    expect(wireText(plain, 20, limits, null)).toEqual({ text: plain.text, added: false });
    expect(learnFrom(noLimits(), 400, sent, 'messages too long')).toBe(false);
    expect(learnFrom(noLimits(), 500, sent, 'logprobs')).toBe(false);
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
    for (const bad of ['', '[]', '{"messages":"no"}', '{']) expect(readAsk(Buffer.from(bad))).toBe(null);
  });
});

it('what an upstream refuses is remembered for a model of it, for an hour', () => {
  let now = 0;
  const of = limitsOf(() => now);
  of('http://a', 'm').topLogprobs = 5;
  expect(of('http://a', 'm').topLogprobs).toBe(5);
  expect(of('http://a', 'other').topLogprobs).toBe(Infinity);
  now = 3_600_001;
  expect(of('http://a', 'm').topLogprobs).toBe(Infinity);
});

it('chunks of a stream become the completion they would have been', () => {
  const gathered = gathering();
  const chunk = (choices: unknown[]) => gathered.add({ id: 'x', model: 'm', created: 5, choices });
  chunk([{ index: 1, delta: { role: 'assistant', content: 'B' }, logprobs: { content: [{ token: 'B' }] } }]);
  chunk([{ index: 0, delta: { role: 'assistant', reasoning_content: 'hm' } }]);
  chunk([{ index: 0, delta: { content: 'A' }, logprobs: { content: [{ token: 'A' }] } }]);
  chunk([{ index: 1, delta: { content: 'b' }, logprobs: { content: [{ token: 'b' }] }, finish_reason: 'stop' }]);
  chunk([{ index: 0, delta: {}, finish_reason: 'length' }]);
  gathered.add({ choices: [], usage: { total_tokens: 1 } });
  gathered.add(undefined);
  expect(gathered.completion()).toEqual({
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
  const judging = { live, task: null, scored: () => {}, failed: (error: unknown) => errors.push(error) };
  const completion = {
    choices: [
      { index: 0, message: { content: 'zanzibar' } },
      { index: 1, message: { content: 'b' } },
    ],
  };
  const verdict = { scored: false, why: 'the scorer failed' };
  expect(await judge(judging, ask({ messages: hello }), completion)).toEqual([verdict, verdict]);
  expect(errors).toHaveLength(2);
  expect(await judge(judging, ask({ messages: hello }), {})).toEqual([]);
});

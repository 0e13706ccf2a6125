import { describe, expect, it } from 'vitest';
import { completionFor, fakeUpstream } from '../../support/fake-upstream.js';
import { ends, no, question, replay, standing, useGateways } from '../../support/standing-gateway.js';

useGateways();

describe('what is abstained from', () => {
  const text = 'I am not sure.';

  it('is replaced by a text, nothing of the answer being left; accepted answers are not', async () => {
    const { post } = await standing(replay, { abstainText: text }, no);
    const reply = await post({ ...question, logprobs: true, top_logprobs: 5 });
    const body = await reply.text();
    const { choices, vouch } = JSON.parse(body);
    expect(choices[0]).toMatchObject({
      message: { role: 'assistant', content: text },
      logprobs: null,
      finish_reason: 'stop',
    });
    expect(vouch).toMatchObject({ scored: true, decision: 'abstain', replaced: true });
    expect(reply.headers.get('x-vouch-action')).toBe('replaced');
    expect(body).not.toContain('ber');
    const accepted = await standing(replay, { abstainText: text });
    expect(
      ((await (await accepted.post(question)).json()) as typeof reply & { vouch: object }).vouch,
    ).not.toHaveProperty('replaced');
  });

  it('without a decision stays, unless strict', async () => {
    const ask = async (strict: boolean) => {
      const { post } = await standing(replay, { abstainText: text, strict, askLogprobs: false }, no);
      const { choices, vouch } = (await (await post(question)).json()) as {
        choices: { message: { content: string } }[];
        vouch: { why: string };
      };
      return [choices[0].message.content === text, vouch.why];
    };
    expect(await ask(false)).toEqual([false, 'unknown pattern']);
    expect(await ask(true)).toEqual([true, 'unknown pattern']);
  });

  it('and what broke off is replaced where strict, with its failure left in place; where nothing was said, nothing is', async () => {
    const more = { abstainText: text, strict: true, bufferStreams: true, askLogprobs: false };
    const ask = async (...data: unknown[]) => {
      const { post } = await standing((_, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.end(data.map((each) => `data: ${JSON.stringify(each)}\n\n`).join(''));
      }, more);
      const reply = await post({ ...question, stream: true });
      const events = (await reply.text()).split('\n\n').filter((line) => line !== '');
      return events.map((line) => JSON.parse(line.slice(6)));
    };
    const words = { choices: [0, 1].map((index) => ({ index, delta: { content: 'Canb' }, finish_reason: null })) };
    const error = { error: { message: 'died' } };
    const broken = await ask(words, error);
    expect(JSON.stringify(broken)).not.toContain('Canb');
    expect(broken.map(({ choices }) => choices?.[0]?.delta.content)).toEqual([
      ...[text, undefined, text, undefined],
      ...[undefined, undefined],
    ]);
    expect([broken[4], broken[5].vouch]).toMatchObject([error, { scored: false, why: 'no answer', replaced: true }]);
    const nothing = await ask(error);
    expect([nothing[0], nothing[1].vouch.replaced]).toEqual([error, undefined]);
  });

  it('in a stream is replaced where streams are held back, and only there', async () => {
    const held = await standing(replay, { abstainText: text, bufferStreams: true }, no);
    const reply = await held.post({ ...question, stream: true });
    expect(reply.headers.get('x-vouch-decision')).toBe('abstain');
    expect(reply.headers.get('content-type')).toBe('text/event-stream');
    const events = (await reply.text()).split('\n\n').filter((line) => line !== '');
    const data = events.slice(0, -1).map((line) => JSON.parse(line.slice(6)));
    expect(data.map(({ choices }) => choices[0]?.delta.content ?? '').join('')).toBe(text);
    expect(data.at(-1).vouch).toMatchObject({ replaced: true, decision: 'abstain' });
    expect(events.at(-1)).toBe('data: [DONE]');
    const passed = await standing(replay, { abstainText: text }, no);
    const through = await (await passed.post({ ...question, stream: true })).text();
    expect(through).toContain('ber');
    expect(through).not.toContain(text);
  });

  it('is asked of a second model, whose answer stands in its place, scored itself', async () => {
    const second = await fakeUpstream(({ body }, response) => {
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify(completionFor(JSON.parse(body.toString()))));
    });
    ends.push(second.close);
    const escalate = { endpoint: { url: `${second.url}/v1`, key: 'second-key' }, model: 'large' };
    const { post } = await standing(replay, { escalate, abstainText: text }, no);
    const headers = { authorization: 'Bearer client-key' };
    const reply = (await (await post(question, { headers })).json()) as {
      model: string;
      choices: { message: { content: string } }[];
      vouch: object;
    };
    expect(second.asked[0].url).toBe('/v1/chat/completions');
    expect(second.asked[0].headers.authorization).toBe('Bearer second-key');
    expect(JSON.parse(second.asked[0].body.toString())).toMatchObject({ model: 'large', logprobs: true });
    expect(reply.model).toBe('large');
    // It was asked because the first answer was rejected: no claim on first answers holds for it.
    expect(reply.vouch).toMatchObject({
      decision: null,
      why: 'selected',
      claim: null,
      escalated: { from: { model: 'm1', decision: 'abstain' } },
    });
    expect(reply.vouch).not.toHaveProperty('replaced');
    expect(reply.choices[0].message.content).not.toBe(text);
  });

  it('is replaced after escalation always where strict, also by a bundle that would accept it', async () => {
    const second = await fakeUpstream(({ body }, response) => {
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify(completionFor(JSON.parse(body.toString()))));
    });
    ends.push(second.close);
    const escalate = { endpoint: { url: `${second.url}/v1`, key: null }, model: 'large' };
    const plain: typeof replay = (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(completionFor({})));
    };
    // Without log-probabilities no promise covers the first answer; the bundle accepts all that has them, at its threshold of 0.
    const { post } = await standing(plain, { escalate, abstainText: text, strict: true });
    const reply = (await (await post(question)).json()) as {
      choices: { message: { content: string } }[];
      vouch: object;
    };
    expect(reply.vouch).toMatchObject({ decision: null, why: 'selected', replaced: true });
    expect(reply.choices[0].message.content).toBe(text);
  });

  it('stays as it is where the second model fails; a client’s key goes to no second host', async () => {
    const second = await fakeUpstream((_, response) => response.writeHead(500).end('{}'));
    ends.push(second.close);
    const { post } = await standing(
      replay,
      { escalate: { endpoint: { url: second.url, key: null }, model: 'large' } },
      no,
    );
    const reply = (await (await post(question, { headers: { authorization: 'Bearer client-key' } })).json()) as Record<
      string,
      unknown
    >;
    expect(second.asked[0].headers.authorization).toBe(undefined);
    expect(reply.vouch).toMatchObject({ decision: 'abstain', escalated: { failed: 'status 500' } });
    expect(reply.choices).toEqual(completionFor({}).choices);
  });
});

it('of several choices only the first gets a decision: another one is taken by its score', async () => {
  const { post } = await standing(replay);
  const { vouch } = (await (await post({ ...question, n: 3 })).json()) as {
    vouch: { why: string | null; decision: string; choices: { why: string | null; decision: string | null }[] };
  };
  expect(vouch).toMatchObject({ decision: 'accept', why: null });
  expect(vouch.choices.map(({ decision, why }) => [decision, why])).toEqual([
    ['accept', null],
    [null, 'selected'],
    [null, 'selected'],
  ]);
});

it('a client says that an earlier score led to its question', async () => {
  const { post } = await standing(replay);
  const { vouch } = (await (await post({ ...question, vouch: { selected: true } })).json()) as { vouch: object };
  expect(vouch).toMatchObject({ decision: null, why: 'selected' });
});

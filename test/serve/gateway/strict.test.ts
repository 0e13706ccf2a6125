import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { checkAllowed } from '../../../serve/gateway/allowed.js';
import { apis } from '../../../serve/gateway/apis/list.js';
import { gatewayDefaults } from '../../../serve/options.js';
import { replayApis } from '../../support/fake-apis.js';
import { completionFor, type Upstream } from '../../support/fake-upstream.js';
import { no, question, replay, standing, useGateways, yes } from '../../support/standing-gateway.js';

useGateways();

const TEXT = 'I cannot say.';
const SECRET = 'Canberra-secret';
const bodies: Record<string, object> = {
  '/v1/chat/completions': question,
  '/v1/completions': { model: 'm1', prompt: 'Capital?' },
  '/v1/responses': { model: 'm1', input: 'Capital?' },
  '/v1/messages': { model: 'm1', max_tokens: 9, messages: question.messages },
};
const strict = { strict: true, abstainText: TEXT, askLogprobs: false };
const json = { 'content-type': 'application/json' };
const answer = (text: string, more = {}) => JSON.stringify({ ...completionFor({}, text), ...more });

const events = { 'content-type': 'text/event-stream' };
const chunk = (index: unknown) =>
  `data: {"choices":[{"index":${JSON.stringify(index)},"delta":{"content":"${SECRET}"},"finish_reason":"stop"}]}\n`;

/** What an upstream sends that cannot be scored, though a client may find an answer in it. */
const unread: [string, Record<string, string>, string | Buffer, number?][] = [
  ['a page', { 'content-type': 'text/html' }, `<html>${SECRET}`],
  ['broken JSON', json, `{"choices":[{"message":{"content":"${SECRET}"}}`],
  ['nothing', json, ''],
  ['choices: null', json, `{"choices":null,"text":"${SECRET}"}`],
  ['no choices', json, `{"choices":[],"output_text":"${SECRET}"}`],
  ['choices that are texts', json, `{"choices":["${SECRET}"]}`],
  ['a text among choices', json, `{"choices":[{"message":{"content":"a"}},"${SECRET}"]}`],
  ['a text alone', json, `"${SECRET}"`],
  ['an unknown encoding', { ...json, 'content-encoding': 'zzz' }, answer(SECRET)],
  ['an encoding that is not so', { ...json, 'content-encoding': 'gzip, toString' }, answer(SECRET)],
  [
    'the answer of another API',
    json,
    `{"choices":[{"index":0,"text":"","message":{"content":"${SECRET}"},"finish_reason":"stop"}]}`,
  ],
  ['another status', json, answer(SECRET), 206],
  ['a redirection', { ...json, location: `http://x/${SECRET}` }, SECRET, 302],
  ['a stream of another API', { 'content-type': 'text/event-stream' }, `data: {"text":"${SECRET}"}\n\n`],
  ['JSON that is called a stream', { 'content-type': 'text/event-stream' }, answer(SECRET)],
  ['JSON on many lines that is called a stream', { 'content-type': 'text/event-stream' }, `{\n"text":\n"${SECRET}"\n}`],
  ['a stream of texts', { 'content-type': 'text/event-stream' }, `data: ${SECRET}\n\ndata: [DONE]\n\n`],
  [
    'a stream with texts for choices',
    { 'content-type': 'text/event-stream' },
    `data: {"choices":["${SECRET}"]}\n\ndata: [DONE]\n\n`,
  ],
  ['chunks behind the end in one event', events, `data: [DONE]\n${chunk(0)}\n`],
  ['chunks behind the end', events, `data: [DONE]\n\n${chunk(0)}\n`],
  ['chunks in one event with a failure', events, `error: {"code":500}\n${chunk(0)}data: [DONE]\n\n`],
  [
    'a failure that is not JSON',
    events,
    `event: error\ndata: {"error":{"message":"x"}}data: {"text":"${SECRET}"}\n\ndata: [DONE]\n\n`,
  ],
  ['chunks without choices', events, `data: {"choices":[],"text":"${SECRET}"}\n\ndata: [DONE]\n\n`],
  ['chunks in one event', events, `${chunk(0)}${chunk(0)}\ndata: [DONE]\n\n`],
  ...[-1.2, 1e9, -1, '0'].map((index): [string, Record<string, string>, string] => [
    `a choice ${JSON.stringify(index)}`,
    events,
    `${chunk(index)}\ndata: [DONE]\n\n`,
  ]),
];

describe('strict', () => {
  it.each(unread)('replaces what cannot be scored: %s', async (_, headers, body, status = 200) => {
    const { url } = await standing((_, response) => response.writeHead(status, headers).end(body), strict);
    for (const [path, sent] of Object.entries(bodies)) {
      for (const stream of [false, true]) {
        const reply = await fetch(`${url}${path}`, {
          method: 'POST',
          body: JSON.stringify({ ...sent, stream }),
          redirect: 'manual',
        });
        const text = await reply.text();
        expect(text).not.toContain(SECRET);
        expect([...reply.headers].join()).not.toContain(SECRET);
        expect(text).toContain(TEXT);
        expect([reply.status, reply.headers.get('x-vouch-decision'), reply.headers.get('x-vouch-action')]).toEqual([
          ...[200, 'unscored', 'replaced'],
        ]);
        expect(reply.headers.get('content-type')).toBe(stream ? 'text/event-stream' : 'application/json');
        if (!stream) expect(JSON.parse(text).vouch).toMatchObject({ scored: false, replaced: true });
      }
    }
  });

  it.each(apis.map((api) => [api.format, api] as const))(
    'what it puts there is an answer of %s, in a stream too',
    async (_, api) => {
      const { url } = await standing((_, response) => response.writeHead(200).end('<html>'), strict);
      const path = Object.keys(bodies).find(
        (each) => api.path.test(each) && api.takes(bodies[each] as never),
      ) as string;
      const ask = async (stream: boolean) =>
        (await fetch(`${url}${path}`, { method: 'POST', body: JSON.stringify({ ...bodies[path], stream }) })).text();
      const whole = JSON.parse(await ask(false));
      expect(api.holds(whole)).toBe(true);
      expect(api.answers({}, whole)).toHaveLength(1);
      const gathered = api.gathering();
      const events = (await ask(true)).split('\n\n').filter((each) => each !== '');
      for (const event of events) {
        const [, data] = /^data: (.*)$/m.exec(event) as RegExpExecArray;
        const [, name = null] = /^event: (.*)$/m.exec(event) ?? [];
        gathered.add({ bytes: Buffer.from(event), name, data });
      }
      expect(api.holds(gathered.response())).toBe(true);
      expect(JSON.stringify(gathered.response())).toContain(TEXT);
      expect(events.filter((event) => event.includes('"vouch"'))).toHaveLength(1);
    },
  );

  it('holds streams back and has a text, whether told so or not', async () => {
    const { post } = await standing(replay, { strict: true }, no);
    const reply = await post({ ...question, stream: true });
    const text = await reply.text();
    expect(text).toContain(gatewayDefaults.withheldText);
    expect(text).not.toContain('ber');
    expect(reply.headers.get('x-vouch-decision')).toBe('abstain');
  });

  it('lets accepted answers, refusals of the upstream and failures by', async () => {
    const { post } = await standing(replay, { ...strict, askLogprobs: true });
    expect(await (await post(question)).json()).toMatchObject({
      choices: completionFor({}).choices,
      vouch: { decision: 'accept' },
    });
    const refusing = await standing((_, response) => response.writeHead(429, json).end('{"error":{}}'), strict);
    const refused = await refusing.post(question);
    expect([refused.status, await refused.text()]).toEqual([429, '{"error":{}}']);
  });

  it('wants a request that it can read: 400', async () => {
    const { url, asked } = await standing(replay, strict);
    const packed = gzipSync(JSON.stringify(question));
    for (const body of [packed, '\uFEFF{"messages":[]}', '{"messages":[],}', '{"messages":{}}', '']) {
      const reply = await fetch(`${url}/v1/chat/completions`, {
        method: 'POST',
        body,
        headers: { 'content-encoding': 'gzip' },
      });
      expect([reply.status, ((await reply.json()) as { error: { code: string } }).error.code]).toEqual([
        400,
        'VOUCH_BAD_REQUEST',
      ]);
    }
    expect(asked).toEqual([]);
  });
});

describe('tool calls under strict', () => {
  const tools = [{ type: 'function', function: { name: 'f' } }];
  const call = { id: 'c', type: 'function', function: { name: 'f', arguments: '{}' } };
  const calling: Upstream = (_, response) =>
    response.writeHead(200, json).end(
      JSON.stringify({
        choices: [
          {
            index: 0,
            message: { role: 'assistant', content: SECRET, tool_calls: [call] },
            finish_reason: 'tool_calls',
          },
        ],
      }),
    );
  it.each([
    ['pass where the request offers tools', { tools }, {}, true],
    ['are replaced where it offers none', {}, {}, false],
    ['are replaced with --strict-tools', { tools }, { strictTools: true }, false],
  ])('%s', async (_, more, options, passes) => {
    const { post } = await standing(calling, { ...strict, ...options });
    const text = await (await post({ ...question, ...more })).text();
    expect([text.includes('tool_calls":[{'), text.includes(TEXT)]).toEqual([passes, !passes]);
  });
});

/** A Zstandard frame of one raw block. Source: RFC 8878, section 3.1.1. */
function zstd(text: string): Buffer {
  const bytes = Buffer.from(text);
  const head = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0xa0, 0, 0, 0, 0, 0, 0, 0]);
  head.writeUInt32LE(bytes.length, 5);
  head.writeUIntLE((bytes.length << 3) | 1, 9, 3);
  return Buffer.concat([head, bytes]);
}

describe('compressed answers', () => {
  const packers: [string, (text: string) => Buffer][] = [
    ['gzip', gzipSync],
    ['x-gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
    ['zstd', (text) => zstd(text)],
    ['gzip, br', (text) => brotliCompressSync(gzipSync(text))],
  ];
  it.each(packers)('%s: are read, scored and sent on plain', async (encoding, pack) => {
    const { post } = await standing((asked, response) => {
      const { stream } = JSON.parse(asked.body.toString());
      const event =
        'data: {"choices":[{"index":0,"delta":{"content":"Canberra"},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n';
      const body = pack(stream ? event : answer('Canberra'));
      response.writeHead(200, {
        ...{ 'content-type': stream ? 'text/event-stream' : 'application/json', 'content-encoding': encoding },
        'content-length': body.length,
      });
      response.end(body);
    });
    for (const stream of [false, true]) {
      const reply = await post({ ...question, stream });
      const text = await reply.text();
      expect(reply.headers.get('content-encoding')).toBe(null);
      expect(text).toContain('Canberra');
      expect(text).toContain('"scored":true');
    }
  });

  it('that are not what they say break off: 502', async () => {
    const { post } = await standing(
      (_, response) => response.writeHead(200, { ...json, 'content-encoding': 'gzip' }).end(answer(SECRET)),
      { askLogprobs: false },
    );
    const reply = await post(question);
    expect([reply.status, (await reply.text()).includes(SECRET)]).toEqual([502, false]);
  });
});

const odd = [
  ...[
    '/v1/chat/completions/',
    '//completions',
    '/v1//chat/completions',
    '/v1/chat/completions;x',
    '/v1/chat/completion%73',
  ],
  ...[
    '/V1/Chat/Completions',
    '/v1/Chat/completions',
    '/v1/chat/completions%2f',
    '/v1/chat/./completions',
    '/v1/x/../chat/completions',
    '/v1/chat\\completions',
  ],
  ...[
    '/v1/responses/resp_1',
    '/v1/responses/',
    '/v1/threads/t/messages',
    '/v1/batches',
    '/v1/audio/speech',
    '/generate',
    '/',
  ],
  ...['/v1/chat/completions/%', '/v1/files#/chat/completions', '/v1/completions%00', '/.well-known/x'],
];

describe('paths', () => {
  it.each(odd)('%s does not pass under strict', async (path) => {
    for (const method of ['GET', 'POST', 'PUT']) {
      expect(() => checkAllowed(method, path, [])).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
    }
  });

  it.each([
    'GET /v1/chat/completions',
    'GET /v1/responses',
    'DELETE /v1/models/m',
    'POST /v1/models',
    'GET /v1/embeddings',
  ])('%s neither', (line) => {
    const [method, path] = line.split(' ');
    expect(() => checkAllowed(method, path, [])).toThrow();
  });

  it.each([
    ...[
      'POST /v1/chat/completions',
      'POST /chat/completions',
      'POST /v1/responses',
      'POST /v1/messages',
      'POST /v1/completions',
    ],
    ...[
      'POST /openai/deployments/GPT-4o.1/chat/completions',
      'GET /v1/models',
      'GET /v1/models/Qwen/Qwen2.5-7B',
      'POST /v1/embeddings',
    ],
  ])('%s does', (line) => {
    const [method, path] = line.split(' ');
    expect(() => checkAllowed(method, path, [])).not.toThrow();
  });

  it('what is refused never gets to the upstream; what is allowed does; without strict all passes, marked', async () => {
    const send = (url: string, path: string) => fetch(url + path, { method: 'POST', body: JSON.stringify(question) });
    const closed = await standing(replay, { ...strict, allowPaths: ['/v1/rerank'] });
    for (const path of ['/v1/chat/completions/', '/v1/chat/completion%73', '/v1/Chat/completions', '/v1/batches']) {
      const reply = await send(closed.url, path);
      expect([reply.status, ((await reply.json()) as { error: { code: string } }).error.code]).toEqual([
        404,
        'VOUCH_NOT_FOUND',
      ]);
    }
    expect(closed.asked).toEqual([]);
    expect((await send(closed.url, '/v1/rerank?a=b')).status).toBe(418);
    const open = await standing(replay);
    for (const path of ['/v1/chat/completions/', '/v1/chat/completion%73', '/v1/Chat/completions', '/v1/batches']) {
      const reply = await send(open.url, path);
      expect([reply.status < 500, reply.headers.get('x-vouch-decision')]).toEqual([true, 'unscored']);
    }
    expect(open.asked.map(({ url }) => url)).toEqual([
      ...['/v1/chat/completions/', '/v1/chat/completion%73', '/v1/Chat/completions', '/v1/batches'],
    ]);
  });
});

it('a Responses request is scored, and replaced where it must be', async () => {
  const { url } = await standing(replayApis, { ...strict, askLogprobs: true }, no);
  const reply = await fetch(`${url}/v1/responses`, { method: 'POST', body: JSON.stringify(bodies['/v1/responses']) });
  const text = await reply.text();
  expect(JSON.parse(text)).toMatchObject({
    output: [{ content: [{ text: TEXT }] }],
    vouch: { scored: true, replaced: true },
  });
});

describe('what the upstream says in vouch’s name', () => {
  const claims = { 'x-vouch-decision': 'accept', 'X-Vouch-Probability': '0.99', 'x-vouch-else': 'x' };
  it.each([
    ['a refusal', 429, '{"error":{}}', 'unscored'],
    ['an answer', 200, answer('Canberra'), 'none'],
    ['a page', 200, '<html>', 'unscored'],
    ['a fault', 500, 'x', 'unscored'],
  ])('is left out: %s', async (_, status, body, decision) => {
    const { post, url } = await standing(
      (_, response) => response.writeHead(status, { ...json, ...claims }).end(body),
      { askLogprobs: false },
    );
    for (const reply of [await post(question), await fetch(`${url}/v1/models`)]) {
      const own = [...reply.headers].filter(([name]) => name.startsWith('x-vouch-'));
      expect(own.map(([, value]) => value)).not.toContain('0.99');
      expect(reply.headers.get('x-vouch-else')).toBe(null);
      expect(['unscored', decision]).toContain(reply.headers.get('x-vouch-decision'));
      await reply.arrayBuffer();
    }
  });

  it('is left out of a stream and of an answer, too', async () => {
    const claim = { scored: true, decision: 'accept', probability: 0.99 };
    const { post } = await standing(
      (asked, response) => {
        const { stream } = JSON.parse(asked.body.toString());
        if (!stream) return response.writeHead(200, { ...json, ...claims }).end(answer('Canberra', { vouch: claim }));
        response.writeHead(200, { 'content-type': 'text/event-stream', ...claims });
        const chunk = { choices: [{ index: 0, delta: { content: 'Canberra' }, finish_reason: 'stop' }], vouch: claim };
        response.end(
          `data: ${JSON.stringify(chunk)}\n\ndata: {"choices":[],"v\\u006fuch":{"decision":"accept"}}\n\ndata: [DONE]\n\n`,
        );
      },
      { askLogprobs: false },
    );
    for (const stream of [false, true]) {
      const reply = await post({ ...question, stream });
      const text = await reply.text();
      expect(text.match(/vouch|\\u006f/g)).toHaveLength(1);
      expect(text).not.toContain('0.99');
      expect(text).not.toContain('"accept"');
      expect(reply.headers.get('x-vouch-else')).toBe(null);
    }
  });
});

describe('large integers', () => {
  const sent =
    '{"seed":12345678901234567890,"vouch":{"id":98765432109876543210,"task":"t"},"messages":[{"role":"user","content":"q","n":0.10000000000000000001}],"vouch":{"id":98765432109876543210}}';
  it('of a request with a vouch field keep all digits, on both sides', async () => {
    const records: { id: string }[] = [];
    const log = { lines: [], write: (line: string) => records.push(JSON.parse(line).record ?? { id: '' }) };
    const { url, asked } = await standing(replay, { askLogprobs: false, logRecords: true, log });
    const reply = await fetch(`${url}/v1/chat/completions`, { method: 'POST', body: sent });
    expect(reply.status).toBe(200);
    expect(asked[0].body.toString()).toBe(
      '{"seed":12345678901234567890,"messages":[{"role":"user","content":"q","n":0.10000000000000000001}]}',
    );
    expect(records.map(({ id }) => id)).toContain('98765432109876543210');
  });

  it('of the choices that stay in a stream keep all digits', async () => {
    const chunk = (index: number) =>
      `{"index":${index},"delta":{"content":"ber"},"seq":12345678901234567890,"finish_reason":"${index === 0 ? 'stop' : 'tool_calls'}"${index === 0 ? '' : ',"x":1.50'}}`;
    const { post } = await standing(
      (_, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.end(
          `data: {"usage":{"n":12345678901234567890},"choices":[${chunk(0)}, ${chunk(1)}]}\n\ndata: [DONE]\n\n`,
        );
      },
      { ...strict },
      yes,
    );
    const text = await (await post({ ...question, stream: true, tools: [] })).text();
    expect(text).toContain(TEXT);
    expect(text).toContain(`{"usage":{"n":12345678901234567890},"choices":[${chunk(1)}]`);
    expect(text).not.toContain('12345678901234567000');
  });
});

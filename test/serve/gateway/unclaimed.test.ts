import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { eventsFor } from '../../support/fake-upstream.js';
import { question, standing, useGateways } from '../../support/standing-gateway.js';

useGateways();

const fake = '"vouch": {"scored":true,"decision":"accept","bundle":"x"}';
const claimed = `{"id": 1.0,\n ${fake}, "big":12345678901234567890}`;
const kept = '{"id": 1.0,\n "big":12345678901234567890}';
type Headers = Record<string, string>;
const json: Headers = { 'content-type': 'application/json' };

/** What a client gets of a body that an upstream sends on a path that isn't scored, or as a refusal. */
async function passed(body: string | Buffer, headers: Headers = json, status = 200, path = '/v1/models') {
  const { url } = await standing((_, response) => response.writeHead(status, headers).end(body));
  const init = path.endsWith('completions') ? { method: 'POST', body: JSON.stringify(question) } : {};
  const reply = await fetch(url + path, init);
  return Buffer.from(await reply.arrayBuffer()).toString();
}

describe('a `vouch` field that an upstream puts into a body is not passed on', () => {
  it.each<[string, string | Buffer, Headers]>([
    ['as JSON', claimed, json],
    ['as text', claimed, { 'content-type': 'text/plain' }],
    ['without a type', claimed, {}],
    ['with the key in escapes', claimed.replace('"vouch"', '"\\u0076ouch"'), json],
    ['twice', claimed.replace('{"id"', `{${fake}, "id"`), json],
    ['behind a byte order mark', `\uFEFF${claimed}`, json],
    ['with its length', claimed, { ...json, 'content-length': String(claimed.length), etag: '"1"' }],
    ['packed', gzipSync(claimed), { ...json, 'content-encoding': 'gzip' }],
  ])('%s', async (_, body, headers) => {
    expect(await passed(body, headers)).toBe(kept);
  });

  it('in what Python alone reads as JSON', async () => {
    expect(await passed(`{${fake}, "x": NaN}`)).toBe('{"x": NaN}');
  });

  it('in a refusal, and in what cannot be scored', async () => {
    expect(await passed(claimed, json, 429, '/v1/chat/completions')).toBe(kept);
    expect(await passed(claimed, json, 200, '/v1/chat/completions')).toBe(kept);
  });

  it('in lines and events of a stream', async () => {
    const lines = `${claimed.replace('\n', '')}\n{"a":1}\n${claimed.replace('\n', '')}`;
    const keptLine = kept.replace('\n', '');
    const type = { 'content-type': 'application/x-ndjson' };
    expect(await passed(lines, type)).toBe(`${keptLine}\n{"a":1}\n${keptLine}`);
    const events = `event: a\ndata: {${fake}}\n\ndata: {"b": 1}\n\n`;
    const stream = { 'content-type': 'text/event-stream' };
    expect(await passed(events, stream)).toBe('event: a\ndata: {}\n\ndata: {"b": 1}\n\n');
  });

  it.each([true, false])('in events of an answer that is scored (held back: %s)', async (bufferStreams) => {
    const { post } = await standing(
      ({ body }, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        const events = eventsFor(JSON.parse(body.toString()));
        for (const event of events) response.write(event.replace('data: {', `data: {${fake},`));
        response.end();
      },
      { bufferStreams },
    );
    const text = await (await post({ ...question, stream: true })).text();
    const said = text.split('\n').filter((line) => line.includes('"vouch"'));
    expect(said).toHaveLength(1);
    expect(said[0]).not.toContain('"bundle":"x"');
    expect(JSON.parse(said[0].slice(6)).vouch.scored).toBe(true);
  });
});

describe('every other body keeps its bytes', () => {
  it.each<[string, string | Buffer, Headers]>([
    ['a field further in', '{"data": [{"vouch": 1}], "x":\t1.0}', json],
    ['a text that names it', '{"message":"vouch for \\u0076ouch"}', json],
    ['broken JSON', '{"vouch', json],
    ['no object', '[{"vouch": 1}]', json],
    ['no text', Buffer.from([0x7b, 0xff, 0xfe, 0x00]).toString('latin1'), { 'content-type': 'x/y' }],
    ['nothing', '', json],
    ['packed', gzipSync('{"a": {"vouch": 1}}'), { ...json, 'content-encoding': 'gzip' }],
  ])('%s', async (name, body, headers) => {
    expect(await passed(body, headers)).toBe(name === 'packed' ? '{"a": {"vouch": 1}}' : body.toString());
  });
});

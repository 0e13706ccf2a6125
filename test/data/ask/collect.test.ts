import { existsSync } from 'node:fs';
import { appendFile, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AskRun } from '../../../data/ask/ask-run.js';
import { collect } from '../../../data/ask/collect.js';
import { askSchema, waySchema } from '../../../data/ask/options.js';
import { type AnswerRecord, recordSchema } from '../../../data/record.js';
import { caseUpstream } from '../../support/case-upstream.js';
import { type Body, completion, type Fake, fakeEndpoint, type Handler, replay, says, send } from './fake-endpoint.js';

let folder: string;
const fakes: Fake[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vouch-ask-'));
});
afterEach(async () => {
  await Promise.all(fakes.splice(0).map((fake) => fake.close()));
  await rm(folder, { recursive: true, force: true });
});

async function fake(handler: Handler): Promise<Fake> {
  const made = await fakeEndpoint(handler);
  fakes.push(made);
  return made;
}

const answers = (): Promise<Fake> => fake((body, response) => send(response, 200, replay(body)));

async function questions(rows: object[], name = 'questions.jsonl'): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  return file;
}

const numbered = (n: number) => Array.from({ length: n }, (_, i) => ({ id: `q${i}`, prompt: `Question ${i}?` }));

function runOf(input: string, urls: string[], ask: object = {}, way: object = {}, more: Partial<AskRun> = {}): AskRun {
  return {
    inputs: [input],
    out: join(folder, 'answers.jsonl'),
    ask: askSchema.parse({ model: 'fake', ...ask }),
    way: waySchema.parse({ endpoints: urls, retries: 0, ...way }),
    prefix: {},
    restart: false,
    env: {},
    now: () => new Date(Date.UTC(2026, 0, 5)),
    quiet: true,
    ...more,
  };
}

async function rowsOf(file: string): Promise<AnswerRecord[]> {
  const bytes = await readFile(file);
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.map((line) => recordSchema.parse(JSON.parse(line)) as AnswerRecord);
}

const lastTurn = (body: Body) => body.messages[body.messages.length - 1].content;

describe('collect', () => {
  it('writes a full record for each question, in their order', async () => {
    const { url, bodies } = await answers();
    const input = await questions([
      {
        id: 'fr',
        group: 'capitals',
        task: 'capitals',
        prompt: 'What is the capital of France?',
        reference: ['Paris'],
        level: 2,
      },
      { id: 'mc', prompt: 'Reply with the letter.', options: ['A', 'B', 'C'], max_tokens: 3 },
    ]);
    const ask = { samples: 3, stated: true, ptrue: true, judge: 'big', topLogprobs: 5, stop: ['\n'], maxTokens: 24 };
    const summary = await collect(runOf(input, [url], ask));
    const [france, choice] = await rowsOf(summary.out);
    expect(france).toEqual({
      id: 'fr',
      group: 'capitals',
      task: 'capitals',
      prompt: 'What is the capital of France?',
      reference: ['Paris'],
      level: 2,
      model: 'fake',
      time: '2026-01-05T00:00:00.000Z',
      answer: 'Paris',
      finish: 'stop',
      decoding: { temperature: 0, max_tokens: 24, stop: ['\n'], seed: expect.any(Number) },
      tokens: [{ token: 'Paris', logprob: -0.111447, top: expect.any(Array) }],
      samples: Array(3).fill({ answer: 'Paris', temperature: 0.8, tokens: [{ token: 'Paris', logprob: -0.111447 }] }),
      stated: 1,
      verifiers: { ptrue: 0.738527, judge: 0.738527 },
    });
    expect(choice.choices?.C).toBeCloseTo(0.677217, 5);
    expect(choice.decoding?.max_tokens).toBe(3);
    expect(choice).not.toHaveProperty('max_tokens');
    expect(summary).toMatchObject({
      written: 2,
      asked: 2,
      before: 0,
      failed: 0,
      requests: 10,
      retries: 0,
      badFile: null,
    });
    expect(existsSync(`${summary.out}.partial`)).toBe(false);
    const greedy = bodies.find((body) => body.temperature === 0 && lastTurn(body).endsWith('France?'));
    expect(greedy).toMatchObject({ model: 'fake', max_tokens: 24, stop: ['\n'], logprobs: true, top_logprobs: 5 });
    expect(greedy?.seed).toBe(france.decoding?.seed);
    expect(bodies.filter((body) => body.model === 'big')).toHaveLength(2);
    expect(
      bodies.filter((body) => body.n === 3).map(({ temperature, top_logprobs }) => [temperature, top_logprobs]),
    ).toEqual([
      [0.8, 1],
      [0.8, 1],
    ]);
  });

  it('keeps the order of the questions whatever comes first, over two endpoints', async () => {
    const handler: Handler = (body, response) => {
      const i = Number(/\d+/.exec(lastTurn(body))?.[0]);
      setTimeout(() => send(response, 200, says(`answer ${i}`)), (7 * i) % 20);
    };
    const [one, two] = [await fake(handler), await fake(handler)];
    const input = await questions(numbered(40));
    const out = join(folder, 'answers.jsonl.gz');
    await collect(runOf(input, [one.url, two.url], {}, { concurrency: 8 }, { out }));
    const rows = await rowsOf(out);
    expect(rows.map(({ id, answer }) => [id, answer])).toEqual(numbered(40).map(({ id }, i) => [id, `answer ${i}`]));
    expect(one.bodies.length).toBeGreaterThan(10);
    expect(two.bodies.length).toBeGreaterThan(10);
  });

  it('lays out the prefix of the kind, the context and the turns', async () => {
    const { url, bodies } = await answers();
    const input = await questions([
      { id: 'a', task: 'facts', prompt: 'Who?', context: ['Ann.'] },
      {
        id: 'b',
        prefix: 'facts',
        messages: [
          { role: 'user', content: 'x' },
          { role: 'assistant', content: 'y' },
          { role: 'user', content: 'z' },
        ],
        context: ['p', 'q'],
      },
      { id: 'c', prompt: 'Plain' },
      { id: 'd', prompt: 'Own', prefix: [{ role: 'system', content: 'S' }] },
    ]);
    const shot = [
      { role: 'user', content: 'few' },
      { role: 'assistant', content: 'shot' },
    ];
    const { out } = await collect(runOf(input, [url], {}, { concurrency: 1 }, { prefix: { facts: shot } }));
    expect(bodies.map(({ messages }) => messages)).toEqual([
      [...shot, { role: 'user', content: 'Context:\nAnn.\n\nWho?' }],
      [
        ...shot,
        { role: 'user', content: 'x' },
        { role: 'assistant', content: 'y' },
        { role: 'user', content: 'Context:\n[1] p\n[2] q\n\nz' },
      ],
      [{ role: 'user', content: 'Plain' }],
      [
        { role: 'system', content: 'S' },
        { role: 'user', content: 'Own' },
      ],
    ]);
    for (const row of await rowsOf(out)) expect(row).not.toHaveProperty('prefix');
  });

  it('sends the same seeds in any order, and others for another seed', async () => {
    const seeds = async (concurrency: number, seed: number, out: string) => {
      const { url, bodies } = await answers();
      const input = await questions(numbered(6));
      await collect(runOf(input, [url], { samples: 2, seed }, { concurrency }, { out: join(folder, out) }));
      return new Set(bodies.map((body) => body.seed));
    };
    const first = await seeds(1, 1, 'a.jsonl');
    expect(first.size).toBe(12);
    expect(await seeds(6, 1, 'b.jsonl')).toEqual(first);
    expect([...(await seeds(1, 2, 'c.jsonl'))].filter((seed) => first.has(seed))).toEqual([]);
  });

  it('makes a usable record without log-probabilities, from null content and from a refusal', async () => {
    const { url } = await fake((body, response) => {
      const asked = lastTurn(body);
      if (asked === 'null') send(response, 200, says(null));
      else if (asked === 'refuse') send(response, 200, says(null, { refusal: 'No.' }));
      else if (asked.includes('Reply True')) send(response, 200, says('True'));
      else if (asked.includes('How sure')) send(response, 200, says('quite'));
      else send(response, 200, says('42'));
    });
    const input = await questions(
      ['null', 'refuse', 'plain'].map((prompt) => ({ id: prompt, prompt, options: ['A', 'B'] })),
    );
    const summary = await collect(runOf(input, [url], { stated: true, ptrue: true, judge: 'j' }));
    const rows = await rowsOf(summary.out);
    expect(rows.map(({ answer, finish }) => [answer, finish])).toEqual([
      ['', 'stop'],
      ['No.', 'refusal'],
      ['42', 'stop'],
    ]);
    for (const row of rows) {
      expect(row).not.toHaveProperty('tokens');
      expect(row).not.toHaveProperty('choices');
      expect(row).not.toHaveProperty('stated');
      expect(row.verifiers).toEqual({ judge: 1 });
    }
    expect(summary.oddities).toMatchObject({
      noLogprobs: 2,
      empty: 1,
      noStated: 3,
      noPtrue: 3,
      noVerdict: 0,
      noChoices: 0,
    });
  });

  it('asks again for samples where n is ignored or refused', async () => {
    const ignores = await fake((_, response) => send(response, 200, says('one')));
    const refuses = await fake((body, response) => {
      if ((body.n ?? 1) > 2) send(response, 400, { error: { message: "'n' must be at most 2" } });
      else send(response, 200, replay(body));
    });
    for (const [endpoint, requests] of [
      [ignores, 6],
      [refuses, 5],
    ] as const) {
      endpoint.bodies.length = 0;
      const input = await questions(numbered(1));
      const summary = await collect(runOf(input, [endpoint.url], { samples: 5 }, {}, { restart: true }));
      const [{ samples }] = await rowsOf(summary.out);
      expect(samples).toHaveLength(5);
      expect(endpoint.bodies).toHaveLength(requests);
      const asked = endpoint.bodies
        .filter((body) => body.temperature === 0.8 && (body.n ?? 1) <= 2)
        .map((body) => body.seed);
      expect(new Set(asked).size).toBe(asked.length);
    }
    expect(ignores.bodies.map((body) => body.n)).toEqual([undefined, 5, 4, 3, 2, undefined]);
    expect(refuses.bodies.map((body) => body.n)).toEqual([undefined, 5, 2, 2, undefined]);
  });

  it('does not keep the answer and labels of another model', async () => {
    const { url } = await answers();
    const old = {
      model: 'old',
      answer: 'x',
      label: 1,
      labels: [{ value: 1 }],
      samples: [{ answer: 'x' }],
      stated: 0.1,
      verifiers: { nli: 1 },
    };
    const input = await questions([{ id: 'a', prompt: 'P?', features: { plan: 'pro' }, ...old }]);
    const summary = await collect(runOf(input, [url], { samples: 1 }));
    const [row] = await rowsOf(summary.out);
    expect(Object.keys(row).sort()).toEqual([
      ...['answer', 'decoding', 'features', 'finish', 'id', 'model', 'prompt', 'samples', 'time', 'tokens'],
    ]);
    expect(row.samples?.[0].answer).toBe('Paris');
    expect(summary.oddities.answeredBefore).toBe(1);
  });
});

describe('a judge as labeller', () => {
  it('sees the reference and gives a label of its own source, a verifier does not see it', async () => {
    const { url, bodies } = await answers();
    const input = await questions([{ id: 'a', prompt: 'Capital?', reference: ['Paris', 'Lutetia'] }]);
    const label = await collect(runOf(input, [url], { judge: 'big', judgeAs: 'label' }));
    expect((await rowsOf(label.out))[0].labels).toEqual([{ value: 1, source: 'judge:big' }]);
    expect(lastTurn(bodies[1])).toContain('Known right answer: Paris or Lutetia');
    await collect(runOf(input, [url], { judge: 'big' }, {}, { restart: true }));
    expect(JSON.stringify(bodies[3].messages)).not.toContain('Lutetia');
  });
});

describe('an endpoint that returns no log-probabilities', () => {
  const plain = 'undefined undefined';

  async function collected(model: string, way: object = {}) {
    const upstream = await caseUpstream('12-gateway/upstream.mjs');
    const input = join(import.meta.dirname, '../../cases/19-collect-403/q.jsonl');
    const run = runOf(input, [`${upstream.url}/v1`], { model }, { concurrency: 1, backOff: 0.01, ...way });
    const summary = await collect(run);
    await upstream.close();
    const asked = upstream.asked.map((line) => /logprobs= (\w+) top= (\w+)/.exec(line)?.slice(1).join(' '));
    return { summary, asked, rows: await rowsOf(run.out) };
  }

  it.each([
    ['refuse403', ['true 10', plain, plain]],
    ['gem400', ['true 10', plain, plain]],
    ['unrec', ['true 10', plain, plain]],
    ['boom500', ['true 10', plain, 'true 10', plain]],
  ])('is asked without (%s), and the summary says so', async (model, requests) => {
    const { summary, asked, rows } = await collected(model);
    expect(asked).toEqual(requests);
    expect(rows.map(({ id, answer, tokens }) => [id, answer, tokens])).toEqual([
      ['1', 'Canberra', undefined],
      ['2', 'Canberra', undefined],
    ]);
    expect(summary).toMatchObject({ written: 2, failed: 0, oddities: { noLogprobs: 2 } });
    expect(summary.limits).toEqual([`${model}: the endpoint returns no log-probabilities`]);
  });

  it('is tried again first where another try may help', async () => {
    const { summary, asked } = await collected('boom500', { retries: 6 });
    expect(asked).toEqual(['true 10', 'true 10', plain, 'true 10', 'true 10', plain]);
    expect(summary).toMatchObject({ written: 2, retries: 4 });
  });

  it('is asked for as many as it names', async () => {
    const { summary, asked, rows } = await collected('together');
    expect(asked).toEqual(['true 10', 'true 1', 'true 1']);
    expect(rows[0].tokens?.map(({ token }) => token)).toEqual(['Canberra']);
    expect(summary.limits).toEqual(['together: the endpoint returns at most 1 alternatives per token']);
  });

  it('that fails without them too is not taken for one', async () => {
    const { url, bodies } = await fake((_, response) => send(response, 403, { error: { message: 'no logprobs' } }));
    const run = runOf(await questions(numbered(1)), [url]);
    await expect(collect(run)).rejects.toThrow(/403 no logprobs/);
    expect(bodies.map(({ logprobs }) => logprobs)).toEqual([true, undefined]);
  });
});

describe('a reply that is no answer', () => {
  it('is recorded as null with its end, and nothing is asked beside it', async () => {
    const choices = [
      { message: { content: null, tool_calls: [{ id: 't' }] }, finish_reason: 'tool_calls' },
      { message: { content: 'The bom' }, finish_reason: 'content_filter' },
      { message: { content: null }, finish_reason: 'stop' },
    ];
    const { url, bodies } = await fake((body, response) => {
      const asked = lastTurn(body);
      if (asked.startsWith('Question ')) send(response, 200, completion(choices[Number(asked[9])]));
      else send(response, 200, replay(body));
    });
    const summary = await collect(runOf(await questions(numbered(3)), [url], { stated: true, model: 'm' }));
    const lines = (await readFile(summary.out, 'utf8')).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line)).map(({ answer, finish, stated }) => [answer, finish, stated])).toEqual(
      [
        [null, 'tool_calls', undefined],
        [null, 'content_filter', undefined],
        ['', 'stop', 1],
      ],
    );
    expect(summary).toMatchObject({ failed: 0, oddities: { noAnswer: 2, empty: 1, noLogprobs: 0 } });
    expect(bodies).toHaveLength(4);
  });
});

describe('an endpoint in trouble', () => {
  it('is asked again after 429, 500 and a hang-up, not before Retry-After is over', async () => {
    const came: number[] = [];
    const { url } = await fake((body, response, request) => {
      came.push(performance.now());
      if (came.length === 1) send(response, 429, { error: { message: 'slow down' } }, { 'retry-after': '0.3' });
      else if (came.length === 2) send(response, 500, 'oops');
      else if (came.length === 3) request.socket.destroy();
      else if (came.length === 4) send(response, 200, '<html>bad gateway</html>');
      else send(response, 200, replay(body));
    });
    const summary = await collect(runOf(await questions(numbered(1)), [url], {}, { retries: 4, backOff: 0.01 }));
    expect(summary).toMatchObject({ written: 1, requests: 5, retries: 4 });
    expect(came[1] - came[0]).toBeGreaterThanOrEqual(295);
  });

  it('sets a question aside, goes on, and asks only that one in the next call', async () => {
    let broken = true;
    const { url, bodies } = await fake((body, response) => {
      if (broken && lastTurn(body) === 'Question 2?') send(response, 400, { error: { message: 'prompt is too long' } });
      else send(response, 200, says(`to ${lastTurn(body)}`));
    });
    const run = runOf(await questions(numbered(5)), [url]);
    const first = await collect(run);
    expect(first).toMatchObject({ written: 4, asked: 4, failed: 1, badFile: `${run.out}.bad.jsonl` });
    expect(JSON.parse(await readFile(`${run.out}.bad.jsonl`, 'utf8'))).toMatchObject({
      id: 'q2',
      reason: '400 prompt is too long',
    });
    broken = false;
    bodies.length = 0;
    expect(await collect(run)).toMatchObject({ written: 5, asked: 1, before: 4, failed: 0 });
    expect(bodies).toHaveLength(1);
    expect((await rowsOf(run.out)).map(({ id }) => id)).toEqual(['q0', 'q1', 'q2', 'q3', 'q4']);
    expect(existsSync(`${run.out}.bad.jsonl`)).toBe(false);
    expect(existsSync(`${run.out}.partial`)).toBe(false);
  });

  it('ends the run when it refuses for good or stays down, and keeps no output', async () => {
    const refuses = await fake((_, response) => send(response, 401, { error: { message: 'bad key sk-geheim' } }));
    const run = runOf(
      await questions(numbered(50)),
      [refuses.url],
      {},
      { concurrency: 2 },
      { env: { OPENAI_API_KEY: 'sk-geheim' } },
    );
    const failure = await collect(run).catch((error: Error) => error);
    expect(failure).toMatchObject({ code: 'ENDPOINT_FAILED' });
    expect(String(failure)).toContain('401 bad key ***');
    expect(refuses.bodies.length).toBeLessThanOrEqual(4);
    expect(existsSync(run.out)).toBe(false);
    expect(await readFile(`${run.out}.bad.jsonl`, 'utf8')).not.toContain('geheim');

    const down = await fake((_, response) => send(response, 503, ''));
    const downRun = runOf(run.inputs[0], [down.url], {}, { concurrency: 1, giveUpAfter: 3 }, { restart: true });
    await expect(collect(downRun)).rejects.toMatchObject({ code: 'ENDPOINT_FAILED' });
    expect(down.bodies).toHaveLength(3);
  });

  it('ends a request that takes too long', async () => {
    const { url } = await fake(() => {});
    const run = runOf(await questions(numbered(1)), [url], {}, { timeout: 0.05 });
    await expect(collect(run)).rejects.toThrow(/no answer within 0.05 s/);
  });

  it('sends the key and keeps to the rate', async () => {
    const keys: (string | undefined)[] = [];
    const came: number[] = [];
    const { url } = await fake((body, response, request) => {
      keys.push(request.headers.authorization);
      came.push(performance.now());
      send(response, 200, replay(body));
    });
    const started = performance.now();
    await collect(
      runOf(await questions(numbered(4)), [url], {}, { rate: 20, apiKeyEnv: 'MY_KEY' }, { env: { MY_KEY: 'k1' } }),
    );
    expect(keys).toEqual(Array(4).fill('Bearer k1'));
    expect(came[3] - started).toBeGreaterThanOrEqual(3 * 50 - 5);
  });
});

describe('work in hand', () => {
  it('goes on after a stop and after a torn last line: nothing lost, doubled or out of order', async () => {
    const stop = new AbortController();
    let count = 0;
    const handler: Handler = (body, response) => {
      if (++count === 7) stop.abort();
      send(response, 200, says(`to ${lastTurn(body)}`));
    };
    const { url, bodies } = await fake(handler);
    const run = runOf(await questions(numbered(20)), [url], {}, { concurrency: 3 });
    await expect(collect({ ...run, stop: stop.signal })).rejects.toMatchObject({ code: 'INTERRUPTED' });
    expect(existsSync(run.out)).toBe(false);
    const partial = await readFile(`${run.out}.partial`, 'utf8');
    const kept = partial.trimEnd().split('\n').length - 1;
    expect(kept).toBe(bodies.length); // what was in flight was finished
    expect(kept).toBeLessThan(20);

    await truncate(`${run.out}.partial`, Buffer.byteLength(partial) - 9); // the last line torn
    bodies.length = 0;
    const summary = await collect(run);
    expect(summary).toMatchObject({ written: 20, before: kept - 1, asked: 21 - kept });
    expect(bodies).toHaveLength(21 - kept);
    expect((await rowsOf(run.out)).map(({ id, answer }) => [id, answer])).toEqual(
      numbered(20).map(({ id, prompt }) => [id, `to ${prompt}`]),
    );
  });

  it('asks a changed question again, takes new ones, and leaves out those that are gone', async () => {
    const { url, bodies } = await fake((body, response) => {
      if (lastTurn(body).startsWith('bad')) send(response, 400, { error: { message: 'no' } });
      else send(response, 200, says(lastTurn(body)));
    });
    const first = [
      { id: 'a', prompt: 'a' },
      { id: 'b', prompt: 'b' },
      { id: 'c', prompt: 'c' },
      { id: 'd', prompt: 'bad' },
    ];
    const run = runOf(await questions(first), [url]);
    await collect(run);
    bodies.length = 0;
    await questions([
      { id: 'e', prompt: 'e' },
      { id: 'b', prompt: 'B' },
      { id: 'a', prompt: 'a' },
    ]);
    await collect(run);
    expect(bodies.map(lastTurn)).toEqual(['e', 'B']);
    expect((await rowsOf(run.out)).map(({ answer }) => answer)).toEqual(['e', 'B', 'a']);
  });

  it('is not mixed with other options, foreign lines or a finished output', async () => {
    const { url } = await fake((_, response) => send(response, 500, ''));
    const input = await questions(numbered(2));
    const run = runOf(input, [url]);
    await expect(collect(run)).rejects.toMatchObject({ code: 'ENDPOINT_FAILED' });
    const other = runOf(input, [url], { samples: 3 });
    await expect(collect(other)).rejects.toMatchObject({ code: 'RESUME_MISMATCH', detail: { field: 'samples' } });
    await appendFile(`${run.out}.partial`, 'foreign\n');
    await expect(collect(run)).rejects.toMatchObject({ code: 'RESUME_MISMATCH', detail: { line: 2 } });
    await rm(`${run.out}.partial`);
    await writeFile(run.out, 'mine\n');
    await expect(collect(run)).rejects.toMatchObject({ code: 'OUT_EXISTS' });
    expect(await readFile(run.out, 'utf8')).toBe('mine\n');
  });
});

describe('two runs on one output', () => {
  it('keeps the second off while the first is at work, and takes over from one that is gone', async () => {
    const { url } = await fake((body, response) => {
      setTimeout(() => send(response, 200, says(lastTurn(body))), 20);
    });
    const run = runOf(await questions(numbered(6)), [url]);
    const first = collect(run);
    await expect.poll(() => existsSync(`${run.out}.partial`)).toBe(true);
    await expect(collect(run)).rejects.toMatchObject({
      code: 'OUT_UNWRITABLE',
      message: expect.stringMatching(/another run/),
    });
    expect((await first).written).toBe(6);
    expect(existsSync(`${run.out}.partial.lock`)).toBe(false);

    await writeFile(`${run.out}.partial.lock`, '999999999\n');
    expect((await collect({ ...run, restart: true })).written).toBe(6);
  });
});

describe('bad questions stop the run before anything is asked', () => {
  it.each([
    ['not JSON', '{"id": "a", "prompt": "x"}\n{"id"\n', 'BAD_JSON', 2],
    ['no prompt', '{"id": "a"}\n', 'BAD_RECORD', 1],
    ['wrong type', '\n{"id": "a", "prompt": 5}\n', 'BAD_RECORD', 2],
    ['one option', '{"id": "a", "prompt": "x", "options": ["A"]}\n', 'BAD_RECORD', 1],
    ['unknown prefix', '{"id": "a", "prompt": "x", "prefix": "nope"}\n', 'BAD_RECORD', 1],
    ['same id', '{"id": "a", "prompt": "x"}\n{"id": "a", "prompt": "y"}\n', 'DUPLICATE_ID', 2],
    ['nothing', '\n', 'NO_ANSWERS', undefined],
  ])('%s', async (_, text, code, line) => {
    const { url, bodies } = await answers();
    const input = join(folder, 'questions.jsonl');
    await writeFile(input, text);
    const failure = await collect(runOf(input, [url])).catch((error) => error);
    expect([failure.code, failure.detail?.line]).toEqual([code, line]);
    expect(bodies).toHaveLength(0);
    expect(existsSync(join(folder, 'answers.jsonl.partial'))).toBe(false);
  });

  it('a missing file, an output of another kind, an output that is the input', async () => {
    const input = await questions(numbered(1));
    await expect(collect(runOf(join(folder, 'none.jsonl'), ['http://h']))).rejects.toMatchObject({
      code: 'FILE_MISSING',
    });
    const csv = runOf(input, ['http://h'], {}, {}, { out: join(folder, 'a.csv') });
    await expect(collect(csv)).rejects.toMatchObject({ code: 'BAD_USAGE' });
    await expect(collect(runOf(input, ['http://h'], {}, {}, { out: input, restart: true }))).rejects.toMatchObject({
      code: 'BAD_USAGE',
    });
    const folderMissing = runOf(input, ['http://h'], {}, {}, { out: join(input, 'a.jsonl') });
    await expect(collect(folderMissing)).rejects.toMatchObject({ code: 'OUT_UNWRITABLE' });
  });

  it('makes an id from file and line where there is none', async () => {
    const { url } = await answers();
    const { out } = await collect(runOf(await questions([{ prompt: 'x' }, { prompt: 'y' }]), [url]));
    expect((await rowsOf(out)).map(({ id }) => id)).toEqual(['questions.jsonl:1', 'questions.jsonl:2']);
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkAnswer } from '../../../data/check-record.js';
import type { AnswerRecord } from '../../../data/record.js';
import { openScorer } from '../../../scorer/open.js';
import type { Scorer } from '../../../scorer/scorer.js';
import { openService } from '../../../serve/service.js';
import { sampleLines } from '../../support/sample-answers.js';
import { serveOptions } from '../../support/serving.js';
import { writeTinyBundle } from '../../support/tiny-bundle.js';

const dir = mkdtempSync(join(tmpdir(), 'vouch-oip-'));
const lines = sampleLines(12);
const records = lines.map((line) => checkAnswer(JSON.parse(line)));
let app: FastifyInstance;
let scorer: Scorer;

beforeAll(async () => {
  await writeTinyBundle(dir);
  ({ app } = await openService(serveOptions(dir)));
  scorer = await openScorer(dir);
});
afterAll(async () => {
  await app.close();
  await scorer.close();
  rmSync(dir, { recursive: true });
});

const infer = (model: string, payload: unknown, headers: Record<string, string> = {}) =>
  app.inject({
    method: 'POST',
    url: `/v2/models/${model}/infer`,
    payload: Buffer.isBuffer(payload) ? payload : JSON.stringify(payload),
    headers,
  });

const outputs = (body: { outputs: { name: string; data: unknown[] }[] }) =>
  Object.fromEntries(body.outputs.map(({ name, data }) => [name, data]));

/** Features and categories of all records as JSON tensors, flat. */
function tensors() {
  const { features, categories } = scorer.rows(records);
  const numbers = Array.from(features, (value) => (Number.isNaN(value) ? null : value));
  return [
    { name: 'features', datatype: 'FP32', shape: [12, 6], data: numbers as unknown[] },
    { name: 'categories', datatype: 'INT64', shape: [12, 1], data: Array.from(categories, Number) as unknown[] },
  ];
}

describe('the Open Inference Protocol', () => {
  it('tells what there is', async () => {
    const get = async (url: string) => (await app.inject({ url })).json();
    expect(await get('/v2')).toEqual({ name: 'vouch', version: '0.0.0-test', extensions: ['binary_tensor_data'] });
    expect(await get('/v2/models')).toEqual({ models: ['vouch', 'vouch-raw', 'vouch-tokens'] });
    const metadata = await get('/v2/models/vouch');
    expect(metadata).toMatchObject({ name: 'vouch', versions: [scorer.digest.slice(0, 12)] });
    expect(metadata.inputs).toEqual([
      { name: 'features', datatype: 'FP32', shape: [-1, 6] },
      { name: 'categories', datatype: 'INT64', shape: [-1, 1] },
    ]);
    expect(await get(`/v2/models/vouch/versions/${metadata.versions[0]}`)).toEqual(metadata);
    expect(await get('/v2/models/vouch-raw/ready')).toEqual({ name: 'vouch-raw', ready: true });
    expect(await get('/v2/models/other')).toMatchObject({ error: expect.stringContaining('[VOUCH_NOT_FOUND]') });
    expect((await app.inject({ url: '/v2/models/vouch/versions/1' })).statusCode).toBe(404);
  });

  it('infers on features as the scorer does: flat, nested, null for NaN, chosen outputs', async () => {
    const { features, categories } = scorer.rows(records);
    const expected = await scorer.scoreFeatures(features, categories);
    const [flat, category] = tensors();
    const nested = { ...flat, data: Array.from({ length: 12 }, (_, i) => flat.data.slice(i * 6, i * 6 + 6)) };
    for (const input of [flat, nested]) {
      const body = (await infer('vouch', { id: 'x', inputs: [input, category] })).json();
      expect(body).toMatchObject({ id: 'x', model_name: 'vouch', model_version: scorer.digest.slice(0, 12) });
      const found = outputs(body);
      expect(Object.keys(found)).toEqual(['logit', 'probability', 'low', 'high', 'shift']);
      expect(Float32Array.from(found.probability as number[])).toEqual(expected.probability);
      expect(Float32Array.from(found.logit as number[])).toEqual(expected.logit);
    }
    const chosen = await infer('vouch', { inputs: [flat, category], outputs: [{ name: 'shift' }] });
    expect(Object.keys(outputs(chosen.json()))).toEqual(['shift']);
  });

  it('takes and gives tensors as bytes', async () => {
    const { features, categories } = scorer.rows(records);
    const expected = await scorer.scoreFeatures(features, categories);
    const bytes = [features, categories].map(({ buffer }) => Buffer.from(buffer));
    const header = JSON.stringify({
      inputs: tensors().map(({ data: _, ...rest }, i) => ({
        ...rest,
        parameters: { binary_data_size: bytes[i].length },
      })),
      outputs: [{ name: 'probability', parameters: { binary_data: true } }, { name: 'logit' }],
    });
    const reply = await infer('vouch', Buffer.concat([Buffer.from(header), ...bytes]), {
      'inference-header-content-length': String(header.length),
      'content-type': 'application/octet-stream',
    });
    const length = Number(reply.headers['inference-header-content-length']);
    const body = JSON.parse(reply.rawPayload.subarray(0, length).toString());
    expect(body.outputs[0]).toEqual({
      name: 'probability',
      datatype: 'FP32',
      shape: [12],
      parameters: { binary_data_size: 48 },
    });
    expect(new Float32Array(Uint8Array.from(reply.rawPayload.subarray(length)).buffer)).toEqual(expected.probability);
    expect(Float32Array.from(body.outputs[1].data)).toEqual(expected.logit);
  });

  it('scores whole records, as text and as bytes', async () => {
    const expected = await scorer.scoreMany(records);
    const found = outputs(
      (await infer('vouch-raw', { inputs: [{ name: 'record', datatype: 'BYTES', shape: [12], data: lines }] })).json(),
    );
    expect(found.id).toEqual(expected.map(({ id }) => id));
    expect(found.decision).toEqual(expected.map(({ decision }) => decision ?? ''));
    expect(found.why).toEqual(expected.map(({ why }) => why ?? ''));
    expect(Float32Array.from(found.probability as number[])).toEqual(
      Float32Array.from(expected, (score) => score.probability),
    );

    const texts = Buffer.concat(
      lines.flatMap((text) => [Buffer.from(Uint32Array.of(Buffer.byteLength(text)).buffer), Buffer.from(text)]),
    );
    const header = JSON.stringify({
      inputs: [{ name: 'record', datatype: 'BYTES', shape: [12, 1], parameters: { binary_data_size: texts.length } }],
      parameters: { binary_data_output: true },
      outputs: [{ name: 'decision' }],
    });
    const reply = await infer('vouch-raw', Buffer.concat([Buffer.from(header), texts]), {
      'inference-header-content-length': String(header.length),
    });
    const tail = reply.rawPayload.subarray(Number(reply.headers['inference-header-content-length']));
    const read: string[] = [];
    for (let at = 0; at < tail.length; at += 4 + tail.readUInt32LE(at))
      read.push(tail.toString('utf8', at + 4, at + 4 + tail.readUInt32LE(at)));
    expect(read).toEqual(found.decision);
  });

  it('scores tokens in padded tensors as the record they are of', async () => {
    const [n, t, k] = [records.length, Math.max(...records.map(({ tokens }) => tokens?.length ?? 0)), 5];
    const place = <T>(value: (token: NonNullable<AnswerRecord['tokens']>[number]) => T, none: T) =>
      records.flatMap(({ tokens }) =>
        Array.from({ length: t }, (_, j) => (tokens?.[j] === undefined ? none : value(tokens[j]))),
      );
    const text = (name: 'prompt' | 'answer' | 'model' | 'task') => ({
      name,
      datatype: 'BYTES',
      shape: [n],
      data: records.map((record) => record[name] ?? ''),
    });
    const inputs = [
      ...(['prompt', 'answer', 'model', 'task'] as const).map(text),
      { name: 'tokens', datatype: 'BYTES', shape: [n, t], data: place(({ token }) => token, '') },
      { name: 'logprobs', datatype: 'FP32', shape: [n, t], data: place(({ logprob }) => logprob ?? null, null) },
      {
        name: 'top_logprobs',
        datatype: 'FP32',
        shape: [n, t, k],
        data: place(({ top }) => top!.map(({ logprob }) => logprob ?? null), Array<null>(k).fill(null)).flat(),
      },
      {
        name: 'top_tokens',
        datatype: 'BYTES',
        shape: [n, t, k],
        data: place(({ top }) => top!.map(({ token }) => token), Array<string>(k).fill('')).flat(),
      },
    ];
    const found = outputs((await infer('vouch-tokens', { inputs })).json());
    const expected = await scorer.scoreMany(records.map(({ samples: _, ...record }) => record));
    expect(found.pattern).toEqual(expected.map(({ pattern }) => pattern));
    for (const [i, { probability }] of expected.entries())
      expect((found.probability as number[])[i]).toBeCloseTo(probability, 5);
  });

  it('takes a category it cannot know as never seen', async () => {
    const features = { name: 'features', datatype: 'FP32', shape: [4, 6], data: Array<number>(24).fill(1) };
    const ask = async (data: number[]) =>
      outputs(
        (
          await infer('vouch', { inputs: [features, { name: 'categories', datatype: 'INT64', shape: [4, 1], data }] })
        ).json(),
      );
    const { probability } = await ask([0, 3, -1, 99]);
    expect(new Set(probability).size).toBe(1);
    expect(new Set((await ask([0, 1, 2, 0])).probability).size).toBe(3);
  });

  const one = (more: Record<string, unknown>) => ({ inputs: [{ ...tensors()[0], ...more }, tensors()[1]] });
  it.each([
    ['no inputs', {}, /inputs/],
    ['an input missing', { inputs: [tensorsLater()] }, /"features".*missing/],
    ['another type', () => one({ datatype: 'INT64', data: Array(72).fill(1) }), /datatype/],
    ['an unknown type', () => one({ datatype: 'FP16' }), /FP32, INT32, INT64, BYTES/],
    ['another shape', () => one({ shape: [24, 3] }), /\[-1,6\]/],
    ['fewer values', () => one({ shape: [13, 6] }), /78 values, got 72/],
    ['text for a number', () => one({ data: Array(72).fill('1') }), /value 0 is not FP32/],
    [
      'bytes that are not there',
      () => one({ data: undefined, parameters: { binary_data_size: 288 } }),
      /ends too soon/,
    ],
    ['an output there is not', () => ({ ...one({}), outputs: [{ name: 'nope' }] }), /no such output/],
  ])('refuses %s, with text as the protocol has it', async (_, given, message) => {
    const reply = await infer('vouch', typeof given === 'function' ? given() : given);
    expect(reply.statusCode).toBe(400);
    expect(reply.json()).toEqual({ error: expect.stringMatching(message), code: 'VOUCH_BAD_REQUEST' });
  });

  it('refuses more rows than it takes, and a header longer than the body', async () => {
    const many = { name: 'features', datatype: 'FP32', shape: [101, 6], data: [] };
    expect((await infer('vouch', { inputs: [many] })).statusCode).toBe(413);
    expect((await infer('vouch', '{}', { 'inference-header-content-length': '99' })).statusCode).toBe(400);
    const raw = await infer('vouch-raw', {
      inputs: [{ name: 'record', datatype: 'BYTES', shape: [1], data: ['{"answer":1}'] }],
    });
    expect([raw.statusCode, raw.json().code]).toEqual([400, 'VOUCH_BAD_RECORD']);
  });
});

function tensorsLater() {
  return { name: 'categories', datatype: 'INT64', shape: [1, 1], data: [0] };
}

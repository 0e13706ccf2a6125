import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collect } from '../../../../data/ask/collect.js';
import { enrich, planEnrich } from '../../../../data/ask/enrich.js';
import { namedHidden } from '../../../../data/ask/hidden/ask-hidden.js';
import { type Fake, fakeEndpoint, says, send } from '../fake-endpoint.js';
import { linesOf, runOf } from '../run-of.js';

interface Sent {
  messages?: { role: string; content: string }[];
  input?: string[];
}

let folder: string;
let fake: Fake;
/** The texts of each request for vectors. */
let inputs: string[][];
let hasTemplate: boolean | 'other text';
let refusal: { status: number; message: string; once?: true } | undefined;
let indexOf: (index: number) => number;
/** Embeddings of other shapes. */
let embeddingOf: (text: string) => unknown;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vouch-hidden-'));
  inputs = [];
  hasTemplate = true;
  refusal = undefined;
  indexOf = (index) => index;
  embeddingOf = (text) => [text.length, 0.123456789];
  fake = await fakeEndpoint((body, response, request) => {
    const { messages, input } = body as unknown as Sent;
    if (request.url === '/apply-template') {
      if (!hasTemplate) return send(response, 404, { error: { message: 'no such path' } });
      if (hasTemplate === 'other text') {
        response.writeHead(200).end('<html></html>');
        return;
      }
      return send(response, 200, { prompt: `<${messages!.map(({ content }) => content).join('|')}>` });
    }
    if (request.url !== '/v1/embeddings') return send(response, 200, says('Rome'));
    inputs.push(input!);
    if (refusal !== undefined) {
      const { status, once } = refusal;
      send(response, status, { error: refusal });
      if (once) refusal = undefined;
      return;
    }
    const isLong = input!.some((text) => text.includes('long'));
    if (isLong) return send(response, 500, { error: { message: 'input is too large to process' } });
    const data = input!.map((text, index) => ({ index: indexOf(index), embedding: embeddingOf(text) }));
    return send(response, 200, { data: data.reverse() });
  });
});
afterEach(async () => {
  await fake.close();
  await rm(folder, { recursive: true, force: true });
});

const record = { id: 'a', prompt: 'What is the capital of Italy?', answer: 'Rome' };
const recordsIn = async (file: string) => (await linesOf(file)).map((line) => JSON.parse(line));
const ofRun = (lines: object[], way: object = {}) => runOf(folder, lines, { way: { hidden: fake.url, ...way } });

describe('hidden states', () => {
  it('are those of question and answer by the chat template; numbers have six digits', async () => {
    const run = await ofRun([record, { ...record, id: 'b', answer: 'Milan' }, { id: 'c', answer: 'no question' }]);
    const summary = await enrich(run);
    const [a, b, c] = await recordsIn(run.out);
    expect(a).toEqual({ ...record, embeddings: { hidden: [35, 0.123457] } });
    expect(b.embeddings.hidden[0]).toBe(36);
    expect(c.embeddings).toBeUndefined();
    expect(inputs.flat().sort()).toEqual([`<${record.prompt}>Milan`, `<${record.prompt}>Rome`]);
    expect(summary.oddities.noQuestion).toBe(1);
  });

  it('are added under another name beside other vectors; a record that has them is not asked again', async () => {
    const known = { ...record, embedding: [7], embeddings: { state: [1, 2] } };
    const run = await ofRun(
      [
        { ...record, embedding: [7] },
        { ...known, id: 'b' },
      ],
      { hidden: `state=${fake.url}/v1` },
    );
    await enrich(run);
    const [a, b] = await recordsIn(run.out);
    expect(a).toEqual({ ...record, embedding: [7], embeddings: { state: [35, 0.123457] } });
    expect(b).toEqual({ ...known, id: 'b' });
    expect(inputs.length).toBe(1);
  });

  it('are missing where a text is too long, which costs no other text its own', async () => {
    const lines = Array.from({ length: 8 }, (_, i) => ({ ...record, id: `${i}`, answer: i === 3 ? 'long' : `${i}` }));
    const run = await ofRun(lines, { concurrency: 8 });
    const summary = await enrich(run);
    const records = await recordsIn(run.out);
    expect(records.map(({ embeddings }) => embeddings?.hidden[0] ?? null)).toEqual([32, 32, 32, null, 32, 32, 32, 32]);
    expect(summary.oddities.noHidden).toBe(1);
  });

  it.each([
    [429, 'Rate limit exceeded'],
    [503, 'deadline exceeded'],
  ])('are asked for again after a %i, which is not about the length', async (status, message) => {
    refusal = { status, message, once: true };
    const run = await ofRun([record], { retries: 1, backOff: 0.01 });
    const summary = await enrich(run);
    expect((await recordsIn(run.out))[0].embeddings.hidden[0]).toBe(35);
    expect(summary.oddities.noHidden).toBe(0);
    // the template, the refusal and the vectors
    expect(summary).toMatchObject({ requests: 3, retries: 1 });
  });

  it('are refused, one answer at a time, where the reply numbers two texts alike', async () => {
    indexOf = () => 1;
    const run = await ofRun([record, { ...record, id: 'b' }], { concurrency: 2 });
    await expect(enrich(run)).rejects.toMatchObject({
      code: 'ENDPOINT_FAILED',
      message: expect.stringMatching(/indices .* not 0 to 0/),
    });
  });

  it.each([false, 'other text'] as const)(
    'are those of the plain text where the template is missing: %s',
    async (has) => {
      hasTemplate = has;
      const run = await ofRun([record]);
      await enrich(run);
      expect(inputs).toEqual([[`${record.prompt}\nRome`]]);
    },
  );

  it('come with new answers of collect', async () => {
    const question = { id: 'q', prompt: 'Capital of Italy?' };
    const ask = { model: 'small', topLogprobs: 0 };
    const run = await runOf(folder, [question], { ask, way: { endpoints: [fake.url], hidden: fake.url } });
    await collect(run);
    const [answered] = await recordsIn(run.out);
    expect(answered).toMatchObject({ answer: 'Rome', embeddings: { hidden: [23, 0.123457] } });
  });

  it.each([
    [501, 'This server does not support embeddings'],
    [404, 'not found'],
  ])('ENDPOINT_FAILED at once where the server gives none (%i)', async (status, message) => {
    refusal = { status, message };
    await expect(enrich(await ofRun([record]))).rejects.toMatchObject({
      code: 'ENDPOINT_FAILED',
      message: expect.stringContaining(message),
    });
    expect(inputs.length).toBe(1);
  });

  it('ENDPOINT_FAILED where it gives one vector per token', async () => {
    embeddingOf = () => [
      [1, 2],
      [3, 4],
    ];
    await expect(enrich(await ofRun([record]))).rejects.toMatchObject({
      code: 'ENDPOINT_FAILED',
      detail: { hint: expect.stringContaining('--pooling last') },
    });
  });

  it('are counted by a dry run, and continued only under the same name', async () => {
    const run = await ofRun([record]);
    const plan = await planEnrich(run);
    expect(plan.rows).toMatchObject([{ kind: 'hidden state', model: 'hidden', calls: 1, price: 0 }]);
    expect(inputs).toEqual([]);
  });

  it('have a name or the default one', () => {
    expect(namedHidden('http://host/v1?a=b')).toEqual({ name: 'hidden', address: 'http://host/v1?a=b' });
    expect(namedHidden('layer-8=http://host')).toEqual({ name: 'layer-8', address: 'http://host' });
    expect(() => namedHidden('host:80')).toThrow('this does not name a server');
  });
});

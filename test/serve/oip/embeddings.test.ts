import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkAnswer } from '../../../data/check-record.js';
import { openScorer } from '../../../scorer/open.js';
import type { Scorer } from '../../../scorer/scorer.js';
import { openService } from '../../../serve/service.js';
import { writeEveryPartBundle } from '../../support/every-part-bundle.js';
import { sampleLines } from '../../support/sample-answers.js';
import { serveOptions } from '../../support/serving.js';

const dir = mkdtempSync(join(tmpdir(), 'vouch-oip-vectors-'));
const lines = sampleLines(6).map((line, i) => ({
  ...JSON.parse(line),
  ...(i % 3 === 2 ? {} : { embeddings: { 'small.answer': [i, 0.5, -1], ...(i % 2 ? { default: [1, -i] } : {}) } }),
}));
const records = lines.map((line) => checkAnswer(structuredClone(line)));
let app: FastifyInstance;
let scorer: Scorer;

beforeAll(async () => {
  await writeEveryPartBundle(join(dir, 'bundle'));
  ({ app } = await openService(serveOptions(join(dir, 'bundle'))));
  scorer = await openScorer(join(dir, 'bundle'));
});
afterAll(async () => {
  await app.close();
  await scorer.close();
  rmSync(dir, { recursive: true });
});

const post = (url: string, payload: unknown) =>
  app.inject({
    method: 'POST',
    url,
    payload: JSON.stringify(payload),
    headers: { 'content-type': 'application/json' },
  });

describe('a service over a bundle with embeddings', () => {
  it('names the vectors among its inputs and infers as the scorer does, null for missing ones', async () => {
    const { inputs } = (await app.inject({ url: '/v2/models/vouch' })).json();
    expect(inputs.slice(3)).toEqual([
      { name: 'embeddings.small.answer', datatype: 'FP32', shape: [-1, 3] },
      { name: 'embeddings.default', datatype: 'FP32', shape: [-1, 2] },
    ]);
    const { features, categories, words, embeddings } = scorer.rows(records);
    const given = [features, categories, words!, ...embeddings!];
    const tensors = inputs.map(
      ({ name, datatype, shape }: { name: string; datatype: string; shape: number[] }, k: number) => ({
        name,
        datatype,
        shape: [6, shape[1]],
        data: Array.from(given[k] as ArrayLike<number | bigint>, (x) => (Number.isNaN(x) ? null : Number(x))),
      }),
    );
    const body = (await post('/v2/models/vouch/infer', { inputs: tensors })).json();
    const expected = await scorer.scoreFeatures(features, categories, words, embeddings);
    const probability = body.outputs.find(({ name }: { name: string }) => name === 'probability').data as number[];
    expect(Float32Array.from(probability)).toEqual(expected.probability);
    const without = await post('/v2/models/vouch/infer', { inputs: tensors.slice(0, 4) });
    expect(without.json().error).toMatch(/"embeddings.default".*missing/);
  });

  it('scores records with the field as the scorer does, alone and together', async () => {
    const expected = await scorer.scoreMany(records);
    const scores = (await post('/v1/score', { records: lines })).json().scores as { probability: number }[];
    const all = expected.map(({ probability }) => expect.closeTo(probability, 6));
    expect(scores.map(({ probability }) => probability)).toEqual(all);
    const bare = await scorer.scoreMany(records.map(({ embeddings: _, ...record }) => record));
    expect(bare.filter(({ logit }, i) => logit !== expected[i].logit).length).toBeGreaterThan(2);
    const replies = await Promise.all(lines.map(async (line) => (await post('/v1/score', line)).json()));
    expect(replies.map(({ probability }) => probability)).toEqual(all);
  });
});

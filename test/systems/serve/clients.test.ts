import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkAnswer } from '../../../data/check-record.js';
import { writeBundle } from '../../../models/bundle/write.js';
import { emitModel } from '../../../models/model.js';
import { type FeatureScores, openScorer } from '../../../scorer/open.js';
import type { Score } from '../../../scorer/scorer.js';
import { openService, type Service } from '../../../serve/service.js';
import { everything, schema } from '../../support/every-part.js';
import { oipClients } from '../../support/python.js';
import { sampleLines } from '../../support/sample-answers.js';
import { serveOptions } from '../../support/serving.js';
import { manifestOf } from '../../support/tiny-bundle.js';

const dir = mkdtempSync(join(tmpdir(), 'vouch-clients-'));
const bundle = join(dir, 'bundle');
const lines = sampleLines(9);
let service: Service;
let said: Record<'triton' | 'kserve', Record<string, unknown>>;
let expected: FeatureScores;
let scores: Score[];
let digest: string;

/** A graph with all inputs there are: features, categories, words, embeddings. */
async function writeEverything(): Promise<void> {
  const thresholds = [{ pattern: 'free+logprobs', threshold: 0.5 }];
  const manifest = manifestOf(schema, { name: 'beta', parameters: [0.8, 1.3, -0.2] }, thresholds, 1);
  await writeBundle(bundle, { 'model.onnx': emitModel(everything(), '0.0.0'), 'golden.json': '[]' }, manifest);
}

beforeAll(async () => {
  const interpreter = oipClients();
  await writeEverything();
  const scorer = await openScorer(bundle);
  const records = lines.map((line) => checkAnswer(JSON.parse(line)));
  scores = await scorer.scoreMany(records);
  const { features, categories, words, embeddings } = scorer.rows(records);
  expected = await scorer.scoreFeatures(features, categories, words, embeddings);
  digest = scorer.digest;
  await scorer.close();
  const nested = (list: ArrayLike<number | bigint>) => {
    const width = list.length / lines.length;
    return lines.map((_, i) => Array.from({ length: width }, (_, j) => Number(list[i * width + j])));
  };
  const tensors = {
    features: [nested(features), 'FP32'],
    categories: [nested(categories), 'INT64'],
    words: [nested(words!), 'INT32'],
    ...Object.fromEntries(
      embeddings!.map((each, k) => [`embeddings.${schema.embeddings[k].name}`, [nested(each), 'FP32']]),
    ),
  };
  const asked = { tensors, records };
  writeFileSync(join(dir, 'asked.json'), JSON.stringify(asked));
  service = await openService(serveOptions(bundle));
  const url = await service.app.listen({ port: 0, host: '127.0.0.1' });
  const script = join(import.meta.dirname, 'clients.py');
  const { stdout } = await promisify(execFile)(interpreter, [script, url, join(dir, 'asked.json')], {
    timeout: 300_000,
  });
  said = JSON.parse(stdout.trim().split('\n').at(-1)!);
});
afterAll(async () => {
  await service?.app.close();
  rmSync(dir, { recursive: true });
});

const numbers = ['logit', 'probability', 'shift'] as const;
function expectNumbers(found: unknown) {
  for (const name of numbers) {
    const values = (found as Record<string, number[]>)[name];
    expect(values).toHaveLength(9);
    for (const [i, value] of values.entries())
      expect(Math.abs(value - expected[name][i])).toBeLessThan(1e-5 * (1 + Math.abs(value)));
  }
}
function expectScores(found: unknown) {
  const { probability, decision, id } = found as { probability: number[]; decision: string[]; id: string[] };
  expect(id).toEqual(scores.map((score) => score.id));
  expect(decision).toEqual(scores.map((score) => score.decision ?? ''));
  for (const [i, value] of probability.entries())
    expect(Math.abs(value - (scores[i].probability as number))).toBeLessThan(1e-6);
}

describe('tritonclient[http] 2.73.0', () => {
  it('finds the server, its models, their inputs and outputs', () => {
    const { triton } = said;
    expect(triton).toMatchObject({ live: true, ready: true, model_ready: true, version_ready: true });
    expect(triton.server).toMatchObject({ name: 'vouch', extensions: ['binary_tensor_data'] });
    expect(triton.model).toMatchObject({
      name: 'vouch',
      versions: [digest.slice(0, 12)],
      inputs: [
        { name: 'features', datatype: 'FP32', shape: [-1, 5] },
        { name: 'categories', datatype: 'INT64', shape: [-1, 2] },
        { name: 'words', datatype: 'INT32', shape: [-1, 6] },
        { name: 'embeddings.small.answer', datatype: 'FP32', shape: [-1, 3] },
        { name: 'embeddings.default', datatype: 'FP32', shape: [-1, 2] },
      ],
    });
    expect(triton.raw).toMatchObject({ inputs: [{ name: 'record', datatype: 'BYTES', shape: [-1] }] });
  });

  it.each(
    ['True', 'False'].flatMap((binary) => ['None', 'gzip', 'deflate'].map((packed) => `infer ${binary} ${packed}`)),
  )('%s: (bytes or JSON, packed how) the scorer’s own numbers', (name) => {
    expectNumbers(said.triton[name]);
    expect(said.triton.id).toBe('r1');
  });

  it('scores records as bytes and as JSON, also many at once; is told what went wrong', () => {
    for (const name of ['raw True', 'raw False']) expectScores(said.triton[name]);
    expect(said.triton.async).toEqual(
      Array(20).fill((said.triton['raw False'] as { probability: number[] }).probability),
    );
    expect(said.triton.error).toEqual(['404', expect.stringContaining('[VOUCH_NOT_FOUND]')]);
  });
});

describe('kserve 0.21.0', () => {
  it('finds server and model', () => {
    expect(said.kserve).toMatchObject({ live: true, ready: true, model_ready: true });
  });

  it.each(['infer True', 'infer False'])('%s: (bytes or JSON) the scorer’s own numbers', (name) => {
    expectNumbers(said.kserve[name]);
    expect(said.kserve.id).toBe('k1');
  });

  it('scores records as bytes and as JSON; is told what went wrong', () => {
    for (const name of ['raw True', 'raw False']) expectScores(said.kserve[name]);
    expect(said.kserve.error).toMatch(/\[VOUCH_BAD_REQUEST\]/);
  });
});

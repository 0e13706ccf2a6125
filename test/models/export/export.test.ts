import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnswerRecord } from '../../../data/record.js';
import { readBundle } from '../../../models/bundle/read.js';
import { type Exported, exportedOf } from '../../../models/export/export-bundle.js';
import { targets } from '../../../models/export/targets.js';
import { writeExport } from '../../../models/export/write-export.js';
import { rawRowMaker } from '../../../models/raw/rows.js';
import { openScorer } from '../../../scorer/open.js';
import type { Scorer } from '../../../scorer/scorer.js';
import { anyRecord } from '../../features/any-record.js';
import { writeEveryPartBundle } from '../../support/every-part-bundle.js';
import { rawRunner } from '../../support/run-raw.js';
import { shippedAnswers } from '../../support/shipped-bundle.js';

const dir = mkdtempSync(join(tmpdir(), 'vouch-export-'));
let exported: Exported;
let scorer: Scorer;

beforeAll(async () => {
  await writeEveryPartBundle(join(dir, 'bundle'));
  const options = { name: 'answers', version: 3, storageUri: 's3://models/answers' };
  exported = exportedOf(await readBundle(join(dir, 'bundle')), options);
  scorer = await openScorer(join(dir, 'bundle'));
});
afterAll(async () => {
  await scorer.close();
  rmSync(dir, { recursive: true });
});

/** Greatest difference in probability between raw graph and scorer. */
async function worstOn(records: AnswerRecord[]): Promise<number> {
  const { run } = await rawRunner(exported.rawGraph, exported.manifest.signals);
  const { probability } = await run(records.map(rawRowMaker(exported.plan)));
  const scores = await scorer.scoreMany(records);
  return Math.max(...scores.map((score, i) => Math.abs(score.probability - probability[i])));
}

describe('raw graph of a model with every part', () => {
  it('gives the probability of real answers', async () => {
    expect(await worstOn(shippedAnswers(10))).toBeLessThan(1e-5);
  });

  it('gives the probability of any records', async () => {
    expect(await worstOn(fc.sample(anyRecord, { numRuns: 1000, seed: 3 }))).toBeLessThan(1e-5);
  });
});

describe('export', () => {
  it('has nothing from which a part of the rule could make a decision', async () => {
    const claim = {
      id: 'free@0.05',
      pattern: 'free',
      signals: [],
      basis: 'natural',
      guarantee: 'finite-sample',
    } as const;
    const numbers = { threshold: 0.7, alpha: 0.05, delta: 0.05, n: 9, groups: 9, accepted: 5, acceptedGroups: 5 };
    const certified = { ...claim, ...numbers, coverage: 0.5, error: 0, method: 'none' };
    const manifest = { ...exported.manifest, thresholds: [certified] } as unknown as Exported['manifest'];
    for (const { name, files } of targets) {
      for (const [path, content] of Object.entries(await files({ ...exported, manifest }))) {
        if (typeof content !== 'string' || path.endsWith('.pbtxt')) continue;
        expect(content, `${name}/${path}`).not.toMatch(/"thresholds?"|"decision"|0\.7\b.*alpha/);
      }
    }
  });

  it('has golden rows with the outputs of both graphs', async () => {
    const all = await Promise.all(targets.map(({ files }) => files(exported)));
    const [features, raw] = all;
    const golden = JSON.parse(raw['golden.json'] as string);
    expect(golden.length).toBe(32);
    const { run } = await rawRunner(exported.rawGraph, exported.manifest.signals);
    const nan = (x: unknown): number[] => (x as (number | null)[]).map((value) => value ?? NaN);
    const rows = golden.map(({ inputs }: { inputs: Record<string, (number | null)[]> }) => ({
      tokenLogprobs: nan(inputs.token_logprobs),
      numbers: nan(inputs.numbers),
      categories: inputs.categories,
      words: inputs.words,
      embeddings: [nan(inputs['embeddings.small.answer']), nan(inputs['embeddings.default'])],
    }));
    const { probability, signals } = await run(rows);
    const d = exported.manifest.signals.numeric.length;
    golden.forEach(({ expected }: { expected: { probability: number; signals: (number | null)[] } }, i: number) => {
      expect(Math.abs(probability[i] - expected.probability)).toBeLessThan(1e-5);
      expect([...signals.subarray(i * d, (i + 1) * d)]).toEqual(nan(expected.signals));
    });
    const first = JSON.parse(features['golden.json'] as string)[5].inputs;
    expect([first.features.length, first.categories.length, first.words.length]).toEqual([d, 2, 6]);
    expect([first['embeddings.small.answer'].length, first['embeddings.default'].length]).toEqual([3, 2]);
  });

  it('lists the inputs in order, with vocabularies and the sources of each signal', async () => {
    const files = await targets.find(({ name }) => name === 'raw-graph')!.files(exported);
    const { inputs, vocabularies, signals } = JSON.parse(files['inputs.json'] as string);
    expect(inputs.map(({ name }: { name: string }) => name)).toEqual([
      'token_logprobs',
      'numbers',
      'categories',
      'words',
      'embeddings.small.answer',
      'embeddings.default',
    ]);
    expect(inputs[1].columns).toEqual(['text.words@1', 'text.chars@1', 'stated@1']);
    expect(vocabularies).toEqual({ model: ['a', 'b'], task: ['t', 'u', 'v'] });
    expect(signals[3]).toEqual({ name: 'tokens.meanLogprob@2', from: ['token_logprobs'] });
    expect(signals[4]).toEqual({ name: 'stated@1', from: ['numbers.stated'] });
  });

  it('names Triton models, versions and axes', async () => {
    const files = await targets.find(({ name }) => name === 'triton')!.files(exported);
    expect(Object.keys(files)).toContain('answers_raw/3/model.onnx');
    const config = files['answers_raw/config.pbtxt'] as string;
    expect(config).toContain('input [ { name: "token_logprobs" data_type: TYPE_FP64 dims: [ -1 ] } ]');
    expect(config).toContain('input [ { name: "words" data_type: TYPE_INT32 dims: [ 6 ] } ]');
    expect(config).toContain('input [ { name: "embeddings.small.answer" data_type: TYPE_FP32 dims: [ 3 ] } ]');
    expect(config).toContain(
      'output [ { name: "probability" data_type: TYPE_FP32 dims: [ 1 ] reshape { shape: [ ] } } ]',
    );
  });

  it('replaces an older export and nothing else', async () => {
    const out = join(dir, 'out');
    await writeExport(out, { 'a/b.txt': 'old' }, { vouch: '1' });
    await writeExport(out, { 'c.txt': 'new' }, { vouch: '2' });
    const marker = JSON.parse(readFileSync(join(out, 'export.json'), 'utf8'));
    expect([marker.vouch, Object.keys(marker.files)]).toEqual(['2', ['c.txt']]);
    await expect(writeExport(join(dir, 'bundle'), { 'c.txt': 'new' }, {})).rejects.toThrow('VOUCH_OUT_EXISTS');
    expect(readFileSync(join(dir, 'bundle/manifest.json'), 'utf8')).toContain('formatVersion');
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnswerRecord } from '../../data/record.js';
import { auroc } from '../../metrics/ranking/auroc.js';
import type { Manifest } from '../../models/bundle/manifest.js';
import { writeBundle } from '../../models/bundle/write.js';
import { openScorer } from '../../scorer/open.js';
import type { Scorer } from '../../scorer/scorer.js';
import { random } from '../../support/random.js';
import type { Trained } from '../../train/train.js';
import { trainOn } from '../support/trained.js';

const dir = mkdtempSync(join(tmpdir(), 'vouch-embeddings-'));
afterAll(() => rmSync(dir, { recursive: true }));

/** Answers whose texts, lengths and log-probabilities say nothing. `worth`: how much the vectors say of the label. */
function answers(n: number, worth: number, seed: string): AnswerRecord[] {
  const draw = random(seed);
  return Array.from({ length: n }, (_, i) => {
    const vector = Array.from({ length: 8 }, () => draw.normal());
    const value = draw.next() < 1 / (1 + Math.exp(-worth * (vector[0] + vector[1]))) ? 1 : 0;
    return {
      id: `${seed}-${i}`,
      group: `${seed}-${i >> 1}`,
      prompt: `Which of the ${draw.int(90)} towns?`,
      answer: `Town ${draw.int(90)}.`,
      tokens: [{ token: 'Town', logprob: -draw.next() }],
      embeddings: { 'small.answer': vector, ...(i % 2 === 0 ? { other: [draw.normal()] } : {}) },
      labels: [{ value }],
    };
  });
}

const plain = { learners: ['rate', 'signal', 'logistic'], patternLearners: ['rate', 'logistic'], targetError: 0.3 };

describe('training with embeddings that alone tell right from wrong', () => {
  let trained: Trained;
  let scorer: Scorer;
  const further = answers(300, 2, 'further');
  beforeAll(async () => {
    trained = await trainOn(answers(700, 2, 'fit'), plain);
    await writeBundle(join(dir, 'bundle'), trained.files, trained.manifest);
    scorer = await openScorer(join(dir, 'bundle'));
  });
  afterAll(() => scorer.close());

  it('uses the channel, names it and says what it is worth', () => {
    const { signals, model } = trained.manifest as Manifest;
    expect(signals.embeddings).toEqual([
      { name: 'small.answer', size: 8 },
      { name: 'other', size: 1 },
    ]);
    expect(model.embeddings).toMatchObject({ width: expect.any(Number) });
    const { selection, signals: worth, test } = trained.report;
    expect(selection.embeddings).toMatchObject({ used: true, names: ['small.answer', 'other'] });
    expect(selection.embeddings!.difference).toBeLessThan(-0.1);
    expect(worth[0]).toMatchObject({ name: 'embeddings', recorded: 1 });
    expect(worth[0].auroc).toBeGreaterThan(0.8);
    expect(test.metrics.auroc.value).toBeGreaterThan(0.8);
  });

  it('scores other answers well; the graph and the direct way agree', async () => {
    const direct = await scorer.scoreMany(further);
    const { features, categories, words, embeddings } = scorer.rows(further);
    const { probability, logit } = await scorer.scoreFeatures(features, categories, words, embeddings);
    const y = Float64Array.from(further, ({ labels }) => labels![0].value);
    expect(auroc(Float64Array.from(probability), y, new Float64Array(y.length).fill(1))).toBeGreaterThan(0.8);
    direct.forEach((score, i) => {
      expect(Math.abs(score.logit - logit[i])).toBeLessThan(1e-5);
      expect(Math.abs(score.probability - probability[i])).toBeLessThan(1e-5);
    });
    expect(direct[0].pattern).toBe('free+logprobs+encoder');
  });

  it('serves answers without embeddings by a predictor of their own', async () => {
    const bare = further.map(({ embeddings: _, ...record }) => record);
    const scores = await scorer.scoreMany(bare);
    expect(new Set(scores.map(({ pattern }) => pattern))).toEqual(new Set(['free+logprobs']));
    expect((trained.manifest as Manifest).thresholds.map(({ pattern, basis }) => [pattern, basis])).toContainEqual([
      'free+logprobs',
      'hidden',
    ]);
    // it knows nothing of these answers but the rate
    for (const { probability } of scores) expect(Math.abs(probability - 0.5)).toBeLessThan(0.15);
  });

  it('needs the vectors that training always had', async () => {
    const [record] = further;
    const wrong = { ...record, embeddings: { 'small.answer': [1, 2, 3], other: [1] } };
    const [full, short] = await scorer.scoreMany([record, wrong]);
    expect(full.missing).toBeNull();
    expect(short.missing).toEqual(['embeddings.small.answer']);
  });

  it('writes golden rows with vectors', () => {
    const golden = JSON.parse(trained.files['golden.json'] as string) as { record: AnswerRecord }[];
    const sizes = golden.map(({ record }) => record.embeddings?.['small.answer']?.length ?? 0);
    expect(new Set(sizes)).toEqual(new Set([0, 8]));
  });
});

it('does not use embeddings that say nothing, and then ignores whether they are there', async () => {
  const { manifest: made, report } = await trainOn(answers(600, 0, 'noise'), plain);
  const manifest = made as Manifest;
  expect(report.selection.embeddings).toMatchObject({ used: false, names: [] });
  expect(manifest.signals.embeddings).toBeUndefined();
  expect(new Set(manifest.thresholds.map(({ pattern }) => pattern))).not.toContain('free+logprobs+encoder');
});

it('refuses vectors of one name with different widths, with file and line', async () => {
  const records = answers(10, 1, 'odd');
  records[3].embeddings = { 'small.answer': [1, 2] };
  await expect(trainOn(records, plain)).rejects.toThrow(
    /made:4: field "embeddings.small.answer": .*8 numbers.*2 numbers.*VOUCH_BAD_RECORD/,
  );
});

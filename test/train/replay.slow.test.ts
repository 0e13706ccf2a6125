import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnswerRecord } from '../../data/record.js';
import type { Manifest } from '../../models/bundle/manifest.js';
import { scorerOf } from '../../scorer/open.js';
import type { AnswerScore, Scorer } from '../../scorer/scorer.js';
import type { Trained } from '../../train/train.js';
import { shippedAnswers } from '../support/shipped-bundle.js';
import { trainOn } from '../support/trained.js';

/** The second shipped set: answers of a model that the first set holds none of. */
function gemma(): AnswerRecord[] {
  const bytes = readFileSync(join(resolve(import.meta.dirname, '../..'), 'examples/gemma.jsonl.gz'));
  return gunzipSync(bytes)
    .toString('utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as AnswerRecord);
}

/** A replay of `npm start` with the light recipe: what is accepted over all that the product may be asked. */
describe('a replay on the shipped answers', () => {
  const answers = shippedAnswers(2);
  let trained: Trained;
  let scorer: Scorer;
  let held: AnswerRecord[];
  let scores: AnswerScore[];
  const acceptedOf = (list: AnswerScore[]) => list.filter(({ decision }) => decision === 'accept');
  const whysOf = (list: AnswerScore[]) => [...new Set(list.map(({ why }) => why))].sort();

  beforeAll(async () => {
    const recipe = { certify: 'split', learners: ['logistic'], patternLearners: ['logistic'], patterns: ['free'] };
    trained = await trainOn(answers, { ...recipe, targetError: 0.3, words: { length: 0, buckets: 1 } });
    const manifest = { ...trained.manifest, files: {} } as unknown as Manifest;
    scorer = await scorerOf(trained.files['model.onnx'] as Uint8Array, manifest);
    held = Array.from(trained.certify, (row) => answers[row]);
    scores = await scorer.scoreMany(held);
  }, 300_000);
  afterAll(() => scorer.close());

  it('nothing leaks and nothing is missing: what was certified is accepted, to the row', () => {
    const natural = scorer.manifest.thresholds.filter(
      ({ basis, threshold }) => basis === 'natural' && threshold !== null,
    );
    expect(natural.length).toBeGreaterThan(0);
    const accepted = acceptedOf(scores);
    expect(accepted.length).toBe(natural.reduce((sum, claim) => sum + claim.accepted, 0));
    expect(accepted.length).toBeGreaterThan(40);
    // Coverage is no lower than by the threshold alone: nobody of a seen model with all signals loses a decision.
    for (const { id, threshold } of natural) {
      const own = scores.filter(({ pattern, why }) => why !== 'missing signal' && id.startsWith(`${pattern}@`));
      const above = own.filter(({ probability, shift }) => probability >= threshold! && shift <= 1);
      expect(acceptedOf(own).length).toBe(above.length);
      expect(own.length).toBeGreaterThan(0.95 * scores.filter(({ pattern }) => id.startsWith(`${pattern}@`)).length);
    }
    const wrong = held.filter((record, i) => scores[i].decision === 'accept' && record.labels![0].value === 0).length;
    expect(wrong / accepted.length).toBeLessThan(0.3);
  });

  it('accepts none of the Gemma answers: the model was never trained on', async () => {
    const records = gemma();
    const other = await scorer.scoreMany(records);
    expect(other.length).toBe(1040);
    expect(acceptedOf(other)).toEqual([]);
    expect(whysOf(other)).toEqual(['unseen model']);
    // By the threshold alone many would have been, though.
    const certified = new Map(scorer.manifest.thresholds.map(({ pattern, threshold }) => [pattern, threshold]));
    const above = other.filter(({ pattern, probability }) => probability >= (certified.get(pattern) ?? 2));
    expect(above.length).toBeGreaterThan(100);
  });

  it('accepts nothing that an earlier score led to, that lacks a field, or that is only an answer', async () => {
    const change = async (of: (record: AnswerRecord) => AnswerRecord) => scorer.scoreMany(held.map(of));
    expect(whysOf(await change((record) => ({ ...record, selected: true })))).toEqual(['selected']);
    for (const field of ['task', 'model', 'prompt'] as const) {
      const without = await change(({ [field]: _, ...record }) => record as AnswerRecord);
      expect(without.map(({ why, missing }) => [why, missing])).toEqual(held.map(() => ['missing field', [field]]));
    }
    const [bare] = await scorer.scoreMany([{ id: 'x', answer: 'x' }]);
    expect([bare.decision, bare.why, bare.missing]).toEqual([null, 'missing field', ['model', 'prompt', 'task']]);
  });

  it('golden rows decide as they are written, through the graph too', async () => {
    const golden = JSON.parse(trained.files['golden.json'] as string) as (AnswerScore & { record: AnswerRecord })[];
    expect(new Set(golden.map(({ why }) => why)).size).toBeGreaterThan(2);
    for (const { record, decision, why, missing, claim } of golden) {
      expect(await scorer.score(record)).toMatchObject({ decision, why, missing, claim });
    }
  });
});

import { beforeAll, describe, expect, it } from 'vitest';
import type { AnswerRecord } from '../../data/record.js';
import type { Manifest } from '../../models/bundle/manifest.js';
import { scorerOf } from '../../scorer/open.js';
import type { AnswerScore, Scorer } from '../../scorer/scorer.js';
import { addCount, countsJson } from '../../support/counts.js';
import type { Trained } from '../../train/train.js';
import { madeAnswers } from '../support/answers.js';
import { trainOn } from '../support/trained.js';

const quick = { learners: ['logistic'], targetError: 0.3, patternRows: 60 };
const answers = madeAnswers(500);
const later = madeAnswers(60, 2).map((record) => ({ ...record, id: `later ${record.id}`, labels: undefined }));

const open = (trained: Trained) =>
  scorerOf(trained.files['model.onnx'] as Uint8Array, { ...trained.manifest, files: {} } as unknown as Manifest);
const scoresOf = (scorer: Scorer, change: Partial<AnswerRecord>, drop: (keyof AnswerRecord)[] = []) =>
  scorer.scoreMany(
    later.map((record) => {
      const changed: AnswerRecord = { ...record, ...change };
      for (const field of drop) delete changed[field];
      return changed;
    }),
  );
const counts = (scores: AnswerScore[]) => {
  const seen = new Map<string, number>();
  for (const { decision, why } of scores) addCount(seen, why ?? decision ?? 'none');
  return countsJson(seen);
};

describe('a bundle accepts only what it was certified on', () => {
  let trained: Trained;
  let scorer: Scorer;
  beforeAll(async () => {
    trained = await trainOn(answers, quick);
    scorer = await open(trained);
  });

  it('answers like the training answers are accepted, each by a claim of the manifest', async () => {
    const scores = await scoresOf(scorer, {});
    const accepted = scores.filter(({ decision }) => decision === 'accept');
    expect(accepted.length).toBeGreaterThan(20);
    const claims = new Map(scorer.manifest.thresholds.map((claim) => [claim.id, claim]));
    expect(claims.size).toBe(scorer.manifest.thresholds.length);
    for (const { claim, pattern, probability, why, basis } of accepted) {
      expect(why).toBeNull();
      const found = claims.get(claim!)!;
      expect(found).toMatchObject({ pattern, basis, guarantee: 'asymptotic' });
      expect(probability).toBeGreaterThanOrEqual(found.threshold!);
    }
    for (const score of scores) if (score.decision !== 'accept') expect(score.claim).toBeNull();
  });

  it('the manifest says which fields training always had', () => {
    expect(scorer.manifest.data.fields).toEqual(['model', 'prompt', 'task']);
  });

  it.each([
    ['another model', { model: 'huge' }, [], 'unseen model', null],
    ['another task', { task: 'poems' }, [], 'unseen task', null],
    ['another task of another model', { task: 'poems', model: 'huge' }, [], 'unseen task', null],
    ['no task', {}, ['task'], 'missing field', ['task']],
    ['an empty task', { task: '' }, [], 'missing field', ['task']],
    ['no model', {}, ['model'], 'missing field', ['model']],
    ['no prompt', {}, ['prompt'], 'missing field', ['prompt']],
    ['a blank prompt', { prompt: '  ' }, [], 'missing field', ['prompt']],
    ['nothing but the answer', {}, ['task', 'model', 'prompt'], 'missing field', ['model', 'prompt', 'task']],
    ['an earlier score led to it', { selected: true }, [], 'selected', null],
  ] as const)('%s: no decision', async (_, change, drop, why, missing) => {
    const scores = await scoresOf(scorer, change, [...drop]);
    expect(counts(scores)).toEqual({ [why]: later.length });
    for (const score of scores) {
      expect(score).toMatchObject({ decision: null, claim: null, missing });
      expect(score.probability).toBeGreaterThan(0);
    }
  });

  it('a prompt may also come as messages', async () => {
    const asMessages = await scoresOf(scorer, { messages: [{ role: 'user', content: 'What is it?' }] }, ['prompt']);
    expect(counts(asMessages)['missing field']).toBeUndefined();
  });

  it('the report says what would be accepted of each left-out model, as an indication', () => {
    const models = trained.report.leftOut!.filter(({ by }) => by === 'model');
    expect(models.map(({ name }) => name).sort()).toEqual(['large', 'small']);
    for (const { accepted } of models) {
      expect(accepted!.share).toBeGreaterThan(0);
      expect(accepted!.error).toBeLessThan(0.6);
    }
    expect(trained.files['report.html']).toContain('Above the thresholds');
    expect(trained.files['card.md']).not.toContain('promise: none');
  });
});

describe('--accept-unseen models', () => {
  it('applies the threshold; manifest, card and each row say that nothing is promised', async () => {
    const trained = await trainOn(answers, { ...quick, acceptUnseen: ['models'] });
    const scorer = await open(trained);
    expect(scorer.manifest.decisions?.acceptUnseen).toEqual([{ what: 'models', promise: 'none' }]);
    expect(trained.files['card.md']).toContain('promise: none');
    const unseen = await scoresOf(scorer, { model: 'huge' });
    expect(unseen.filter(({ decision }) => decision === 'accept').length).toBeGreaterThan(10);
    for (const { decision, promise, claim, why } of unseen) {
      expect(claim).toBeNull();
      expect(why).toBe('unseen model');
      expect(promise).toBe(decision === null ? null : 'none');
    }
    const seen = await scoresOf(scorer, {});
    for (const { promise } of seen) expect(promise).toBeNull();
    await scorer.close();
  });
});

it('aliases are applied first: an unseen name of a seen model gets its decision', async () => {
  const trained = await trainOn(answers, quick);
  const naming = { aliases: { 'large-2026-01': 'large', 'small-2026-01': 'small' } };
  const manifest = { ...trained.manifest, files: {}, naming } as unknown as Manifest;
  const scorer = await scorerOf(trained.files['model.onnx'] as Uint8Array, manifest);
  const named = await scorer.scoreMany(later.map((record) => ({ ...record, model: `${record.model}-2026-01` })));
  const plain = await scorer.scoreMany(later);
  expect(named.map(({ decision }) => decision)).toEqual(plain.map(({ decision }) => decision));
  await scorer.close();
});

it('fields that training did not always have are no condition', async () => {
  const partly = answers.map((record, i) => (i % 5 === 0 ? { ...record, task: undefined } : record));
  const scorer = await open(await trainOn(partly, quick));
  expect(scorer.manifest.data.fields).toEqual(['model', 'prompt']);
  expect(counts(await scoresOf(scorer, {}, ['task']))['missing field']).toBeUndefined();
  await scorer.close();
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Logged } from '../../data/token-list.js';
import { openAnnotator } from '../../meaning/annotator.js';
import { annotatedScorer } from '../../scorer/annotated-scorer.js';
import type { Scorer } from '../../scorer/scorer.js';
import { writeTinyEncoder } from '../meaning/tiny-encoder.js';

it('scores records with what the encoders of the bundle say, and leaves the records alone', async () => {
  const room = await mkdtemp(join(tmpdir(), 'scorer-'));
  const annotator = await openAnnotator([await writeTinyEncoder(join(room, 'tiny'))]);
  const seen: Logged[] = [];
  const scorerWith = (encoders: { name: string; sameAt?: number }[], numeric = ['similarities.tiny.question@1']) =>
    ({
      manifest: { encoders, signals: { numeric }, thresholds: [] },
      score: async (record: Logged) => void seen.push(record),
      scoreMany: async (records: Logged[]) => void seen.push(...records),
    }) as unknown as Scorer;
  const record = { id: 'r', answer: 'Paris', prompt: 'London' };
  const scorer = annotatedScorer(scorerWith([{ name: 'tiny', sameAt: 0.9 }]), annotator);
  await scorer.score(record);
  await scorer.scoreMany([record]);
  const similarities = { tiny: { question: 0.8, sameAt: 0.9 } };
  expect(seen.map((each) => each.similarities)).toEqual([similarities, similarities]);
  expect(record).toEqual({ id: 'r', answer: 'Paris', prompt: 'London' });
  const none = scorerWith([]);
  expect(annotatedScorer(none, annotator)).toBe(none);

  // an encoder of which nothing is read does not run
  const { asked } = annotator.counts();
  seen.length = 0;
  const unread = annotatedScorer(scorerWith([{ name: 'tiny', sameAt: 0.9 }], ['text.words@1']), annotator);
  await unread.score(record);
  await unread.scoreMany([record]);
  expect(seen).toEqual([record, record]);
  expect(annotator.counts().asked).toBe(asked);

  // without the encoder, cosines that a record brought along still get the threshold of the bundle
  seen.length = 0;
  const alone = annotatedScorer(scorerWith([{ name: 'tiny', sameAt: 0.9 }]), undefined);
  await alone.scoreMany([record, { ...record, similarities: { tiny: { question: 0.1 } } }]);
  expect(seen.map((each) => each.similarities)).toEqual([undefined, { tiny: { question: 0.1, sameAt: 0.9 } }]);
  await annotator.close();
  await rm(room, { recursive: true, force: true });
});

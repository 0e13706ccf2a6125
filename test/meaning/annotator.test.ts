import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Logged } from '../../data/token-list.js';
import { type Annotator, openAnnotator } from '../../meaning/annotator.js';
import { writeTinyEncoder } from './tiny-encoder.js';

let room: string;
let annotator: Annotator;
beforeAll(async () => {
  room = await mkdtemp(join(tmpdir(), 'annotator-'));
  annotator = await openAnnotator([await writeTinyEncoder(join(room, 'tiny'))]);
});
afterAll(async () => {
  await annotator.close();
  await rm(room, { recursive: true, force: true });
});

const record: Logged = {
  id: 'r1',
  prompt: 'Capital of France?',
  answer: 'Paris',
  context: ['London is not the capital', 'Paris'],
  samples: [{ answer: 'London' }, { answer: 'France' }],
};

it('adds the vectors of the texts that are there, and their cosines', async () => {
  const [{ embeddings, similarities }] = await annotator.annotate([record]);
  expect(embeddings).toEqual({ 'tiny.question': [0, 0, 0, 1], 'tiny.answer': [1, 0, 0, 0] });
  // London is not: (.8, .6, 1, 0) / √2, whose cosine with Paris is .8 / √2
  expect(similarities).toEqual({
    tiny: {
      question: 0,
      passages: [0.565685, 1],
      texts: [
        [1, 0.8, 0],
        [0.8, 1, 0],
        [0, 0, 1],
      ],
    },
  });
});

it('keeps what the record has, and leaves records alone that have everything or no answer', async () => {
  const kept = { ...record, embeddings: { 'tiny.answer': [9], other: [1] }, similarities: { tiny: { question: 0.5 } } };
  const [done] = await annotator.annotate([kept]);
  expect(done.embeddings).toEqual({ 'tiny.question': [0, 0, 0, 1], 'tiny.answer': [9], other: [1] });
  expect(done.similarities?.tiny).toMatchObject({ question: 0.5, passages: [0.565685, 1] });
  const none = { id: 'r2', answer: null, finish: 'error' };
  const again = await annotator.annotate([done, none]);
  expect(again[0]).toBe(done);
  expect(again[1]).toBe(none);
});

it('computes again what the size shows to be of other passages or samples', async () => {
  const [whole] = await annotator.annotate([record]);
  const { samples, context, similarities } = whole;
  const fewer = { ...whole, samples: samples?.slice(0, 1), context: context?.slice(1) };
  const [{ similarities: found }] = await annotator.annotate([fewer]);
  expect(found?.tiny).toEqual({
    question: 0,
    passages: [1],
    texts: [
      [1, 0.8],
      [0.8, 1],
    ],
  });
  const [bare] = await annotator.annotate([{ ...whole, context: null }]);
  expect(bare.similarities).toBe(similarities);
});

it('gives equal texts a cosine of 1, also if they have no vector', async () => {
  const empty: Logged = { id: 'e', answer: 'Paris', samples: [{ answer: '' }, { answer: '' }] };
  const [{ similarities }] = await annotator.annotate([empty]);
  expect(similarities?.tiny?.texts).toEqual([
    [1, 0, 0],
    [0, 1, 1],
    [0, 1, 1],
  ]);
});

it('adds the threshold of a bundle, and leaves out encoders that the bundle does not name', async () => {
  const [{ similarities }] = await annotator.only([{ name: 'tiny', sameAt: 0.7 }]).annotate([record]);
  expect(similarities?.tiny?.sameAt).toBe(0.7);
  const [same] = await annotator.only([{ name: 'other' }]).annotate([record]);
  expect(same).toBe(record);
});

it('encodes each distinct text once, over all records', async () => {
  const dir = await writeTinyEncoder(join(room, 'counted'));
  const counted = await openAnnotator([dir]);
  await counted.annotate(Array.from({ length: 10 }, (_, i) => ({ ...record, id: String(i) })));
  // 10 × (2 vectors, 2 for the question's cosine, 3 for passages, 3 for texts); 5 distinct texts
  expect(counted.counts()).toEqual({ asked: 100, computed: 5 });
  await counted.close();
});

it('refuses two encoders of one name', async () => {
  const dir = join(room, 'tiny');
  await expect(openAnnotator([dir, dir])).rejects.toMatchObject({ code: 'BAD_USAGE', detail: { got: 'tiny' } });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnswerRecord } from '../../data/record.js';
import type { Manifest } from '../../models/bundle/manifest.js';
import { scorerOf } from '../../scorer/open.js';
import type { Scorer } from '../../scorer/scorer.js';
import { random } from '../../support/random.js';
import { trainOn } from '../support/trained.js';

type Meaning = Pick<AnswerRecord, 'similarities' | 'entailments'>;

/** What a text model writes into a record, for a value from 0 to 1. */
const textModels: [name: string, of: (value: number) => Meaning][] = [
  ['an encoder', (value) => ({ similarities: { mini: { question: value } } })],
  ['an entailment model', (value) => ({ entailments: { mini: { passages: { entails: [value], contradicts: [0] } } } })],
];

/** Answers whose label depends on what the text model says, and by `worth` on their log-probability. */
function answers(n: number, worth: number, of: (value: number) => Meaning, seed: string): AnswerRecord[] {
  const draw = random(seed);
  return Array.from({ length: n }, (_, i) => {
    const value = draw.next();
    const logprob = -draw.next();
    const right = 1 / (1 + Math.exp(-6 * (value - 0.5) - worth * (logprob + 0.5)));
    return {
      id: `${seed}-${i}`,
      group: `${seed}-${i >> 1}`,
      prompt: 'Which town is it?',
      context: ['A town by the sea.'],
      answer: 'Town.',
      tokens: [{ token: 'Town.', logprob }],
      ...of(value),
      labels: [{ value: draw.next() < right ? 1 : 0 }],
    };
  });
}

const options = {
  learners: ['logistic'],
  patternLearners: ['logistic'],
  targetError: 0.3,
  patterns: [],
  words: { length: 0, buckets: 1 },
};
const bare = ({ similarities: _, entailments: __, ...record }: AnswerRecord): AnswerRecord => record;

describe.each(textModels)('a bundle trained with %s and scored without it', (_, of) => {
  describe.each([
    { worth: 8, says: 'decides where the other signals certify' },
    { worth: 0, says: 'gives a probability and no decision where they do not' },
  ])('$says', ({ worth }) => {
    let scorer: Scorer;
    let manifest: Manifest;
    beforeAll(async () => {
      const trained = await trainOn(answers(800, worth, of, `fit ${worth}`), options);
      manifest = { ...trained.manifest, files: {} } as Manifest;
      scorer = await scorerOf(trained.files['model.onnx'] as Uint8Array, manifest);
    });
    afterAll(() => scorer.close());

    it('is certified for answers with and without the text model, each on its own', () => {
      const claims = manifest.thresholds.map(({ pattern, basis, threshold }) => [pattern, basis, threshold !== null]);
      expect(claims).toEqual([
        ['free+logprobs+encoder', 'natural', true],
        ['free+logprobs', 'hidden', worth > 0],
      ]);
    });

    it('scores with the text model by the one, without it by the other', async () => {
      const further = answers(100, worth, of, `further ${worth}`);
      const full = await scorer.scoreMany(further);
      expect(new Set(full.map(({ pattern }) => pattern))).toEqual(new Set(['free+logprobs+encoder']));
      expect(full.filter(({ claim }) => claim === 'free+logprobs+encoder@0.3').length).toBeGreaterThan(20);

      const scores = await scorer.scoreMany(further.map(bare));
      expect(new Set(scores.map(({ pattern }) => pattern))).toEqual(new Set(['free+logprobs']));
      expect(scores.every(({ probability }) => probability > 0 && probability < 1)).toBe(true);
      expect(new Set(scores.map(({ missing }) => missing))).toEqual(new Set([null]));
      const { threshold } = manifest.thresholds[1];
      for (const { probability, decision, why, claim, basis, shift } of scores) {
        if (threshold === null) {
          expect([decision, why, claim]).toEqual([null, shift > 1 ? 'shifted' : 'uncertified pattern', null]);
        } else if (shift > 1) {
          expect([decision, why, claim]).toEqual([null, 'shifted', null]);
        } else if (probability >= threshold) {
          expect([decision, why, claim, basis]).toEqual(['accept', null, 'free+logprobs@0.3', 'hidden']);
        } else {
          expect([decision, why, claim, basis]).toEqual(['abstain', null, null, null]);
        }
      }
      const accepted = scores.filter(({ decision }) => decision === 'accept').length;
      expect(accepted > 20).toBe(worth > 0);
    });
  });
});

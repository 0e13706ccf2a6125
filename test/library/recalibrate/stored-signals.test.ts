import { describe, expect, it } from 'vitest';
import { storedSignals } from '../../../library/recalibrate/stored-signals.js';
import type { Manifest } from '../../../models/bundle/manifest.js';
import type { StoredAnswer } from '../../../store/read/answers-since.js';
import { packSignals } from '../../../store/signals.js';
import { dataOf } from '../../support/trained.js';

const manifest = {
  signals: {
    topK: 5,
    numeric: ['text.words@1', 'tokens.meanLogprob@1', 'features.tenure@1', 'features.tenure.logit@1'],
    categorical: [{ name: 'features.region', vocabulary: ['north', 'south'] }],
    words: { length: 2, buckets: 64 },
    embeddings: [{ name: 'e5', size: 2 }],
  },
  thresholds: [{ pattern: 'free', signals: ['context', 'features.tenure'] }],
  data: { fields: ['prompt'] },
} as unknown as Manifest;
const { NaN: none } = Number;

const row = (more: Partial<StoredAnswer>, features: number[], region = 1, vector = [1, 2]) =>
  ({
    ...{ seq: 7, model: 'm', task: null, pattern: 'free', why: null, missing: null, prompt: null },
    signals: packSignals({
      features: Float32Array.from(features),
      categories: Int32Array.of(region),
      words: Int32Array.of(3, 4),
      embeddings: [Float32Array.from(vector)],
    }),
    ...more,
  }) as unknown as StoredAnswer;

const read = (...rows: StoredAnswer[]) =>
  storedSignals(rows, manifest, { shown: 'answers.db', base: dataOf([]).signals });
const recordedIn = (each: StoredAnswer) => read(each).recordedSets[0];

describe('signals of stored answers', () => {
  it('are those that were stored; a category that the bundle does not know is missing', () => {
    const found = read(row({}, [5, -0.5, none, none], 2), row({}, [6, none, 1, 0], 0, [none, none]));
    expect(found.names).toEqual(manifest.signals.numeric);
    expect([...found.columns.get('text.words@1')!]).toEqual([5, 6]);
    expect([...found.columns.get('features.tenure@1')!]).toEqual([none, 1]);
    expect(found.categories.get('features.region')).toEqual(['south', null]);
    expect([...found.words!]).toEqual([3, 4, 3, 4]);
    expect([...(found.vectors!.values[0] as Float32Array)]).toEqual([1, 2, none, none]);
  });

  it('say what was recorded: what the claims need and was not missing, and what has a value', () => {
    const all = ['context', 'embeddings.e5', 'features.region', 'features.tenure', 'model', 'prompt', 'tokens'];
    expect(recordedIn(row({}, [5, -0.5, 1, 0]))).toEqual(all);
    const lacks = row({ why: 'missing signal', missing: '["context","features.tenure"]' }, [5, none, none, none], 0);
    expect(recordedIn(lacks)).toEqual(['embeddings.e5', 'model', 'prompt']);
    // another reason came first, so nothing is known of signals without a value
    expect(recordedIn(row({ why: 'selected' }, [5, none, 1, 0], 0, [none, none]))).toEqual([
      'features.tenure',
      'model',
    ]);
    expect(recordedIn(row({ why: 'missing field', missing: '["prompt"]' }, [5, none, none, none]))).not.toContain(
      'prompt',
    );
    expect(recordedIn(row({ pattern: 'free+logprobs' }, [5, -0.5, none, none], 0))).not.toContain('context');
  });

  it('are refused if they are not those of the bundle', () => {
    expect(() => read(row({}, [5]))).toThrow(/the signals of row 7 cannot be read.*STORE_BAD/);
    expect(() => read(row({ signals: Buffer.from('x') }, [5]))).toThrow(/STORE_BAD/);
  });
});

import { describe, expect, it } from 'vitest';
import { encodersRead, namedBy } from '../../../models/bundle/encoders-read.js';
import type { Threshold } from '../../../models/bundle/manifest.js';

const encoder = (name: string, pooling = 'mean') => ({ name, sha256: 'a', maxTokens: 8, pooling });
const all = [encoder('mini'), encoder('mini-2', 'cls'), encoder('n', 'nli')];
const manifestOf = (
  numeric: string[],
  {
    encoders = all,
    embeddings,
    claim,
  }: { encoders?: typeof all; embeddings?: string[]; claim?: Partial<Threshold> } = {},
) => ({
  encoders,
  signals: {
    ...{ topK: 5, numeric, categorical: [] },
    ...(embeddings === undefined ? {} : { embeddings: embeddings.map((name) => ({ name, size: 4 })) }),
  },
  thresholds: claim === undefined ? [] : [{ signals: [], ...claim } as unknown as Threshold],
});
const read = (...given: Parameters<typeof manifestOf>) => encodersRead(manifestOf(...given)).map(({ name }) => name);

describe('the encoders that a bundle reads', () => {
  it('are those whose cosines, entailments or vectors are inputs of the graph', () => {
    expect(read(['text.words@1'])).toEqual([]);
    expect(read(['text.words@1', 'similarities.mini.question@1'])).toEqual(['mini']);
    expect(read(['similarities.mini-2.agree@1', 'entailments.n.support@1'])).toEqual(['mini-2', 'n']);
    expect(read(['text.words@1'], { embeddings: ['mini.answer'] })).toEqual(['mini']);
  });

  it('are also those that a claim requires', () => {
    expect(read([], { claim: { signals: ['similarities.mini'] } })).toEqual(['mini']);
    expect(read([], { claim: { signalsOf: [{ task: 't', signals: ['embeddings.mini.answer'] }] } })).toEqual(['mini']);
  });

  it('are all of them where the pattern of an answer could change otherwise', () => {
    expect(read(['entailments.n.support@1'])).toEqual(['mini', 'mini-2', 'n']);
    expect(read([], { embeddings: ['default'] })).toEqual(['mini', 'mini-2', 'n']);
    expect(read(['verifiers.t@1'], { encoders: [encoder('t', 'tuned'), encoder('mini')] })).toEqual(['t']);
    expect(read(['text.words@1'], { encoders: [encoder('t', 'tuned')] })).toEqual(['t']);
  });

  it('are all of them where a plug-in may read any field', () => {
    expect(read(['plugin.acme.digits@1'])).toEqual(['mini', 'mini-2', 'n']);
  });

  it('are those that one of several bundles reads', () => {
    const bundles = [manifestOf(['similarities.mini.question@1']), manifestOf(['similarities.mini-2.question@1'])];
    expect(namedBy(bundles)).toEqual({ encoders: all, read: all.slice(0, 2), grounds: false });
  });
});

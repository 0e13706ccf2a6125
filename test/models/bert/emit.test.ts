import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { emitBert } from '../../../models/bert/emit.js';
import { openBackend } from '../../../train/backend/ladder.js';
import { openFrozen } from '../../../train/tuned/frozen.js';
import { headLogitsOf, untunedInputs } from '../../../train/tuned/probe.js';
import { foreignBert } from './foreign-bert.js';
import { tinyBert, tinyHead, tinyPairs } from './tiny-bert.js';

/** Feeds of some pairs as one batch, padded with zeros. */
function feedsOf(pairs: typeof tinyPairs): Record<string, Tensor> {
  const length = Math.max(...pairs.map(({ ids }) => ids.length));
  const tensor = (of: (pair: (typeof pairs)[number]) => number[]) =>
    new Tensor(
      'int64',
      BigInt64Array.from(
        pairs.flatMap((pair) => Array.from({ length }, (_, k) => of(pair)[k] ?? 0)),
        BigInt,
      ),
      [pairs.length, length],
    );
  return {
    input_ids: tensor(({ ids }) => ids),
    attention_mask: tensor(({ ids }) => ids.map(() => 1)),
    token_type_ids: tensor(({ types }) => types),
  };
}

describe.each(['cpu', 'wasm'] as const)('a BERT on %s', (name) => {
  const bert = tinyBert(3);

  it('gives the vectors that onnxruntime gives', async () => {
    const { tf } = await openBackend(name);
    const session = await InferenceSession.create(foreignBert(bert));
    const output = session.outputNames[1];
    const frozen = openFrozen(tf, bert, { pairs: tinyPairs, trained: 0 });
    const { x } = await frozen.batch(Int32Array.of(0, 1));
    const own = (await x.array()) as number[][][];
    for (const [i, pair] of tinyPairs.entries()) {
      const { data, dims } = (await session.run(feedsOf([pair]), [output]))[output];
      expect(dims).toEqual([1, pair.ids.length, 8]);
      Array.from(data as Float32Array).forEach((value, k) => {
        expect(own[i][Math.floor(k / 8)][k % 8]).toBeCloseTo(value, 4);
      });
    }
  });

  it('gives the logits of the graph that is written, alone and in a batch with padding', async () => {
    const { tf } = await openBackend(name);
    const frozen = openFrozen(tf, bert, { pairs: tinyPairs, trained: 2 });
    const rows = Int32Array.of(0, 1);
    const inputs = await untunedInputs(tf, bert, { frozen, trained: 2, rows, batch: 2, onRows: () => {} });
    const own = headLogitsOf(inputs, tinyHead, rows);
    const session = await InferenceSession.create(emitBert(bert, tinyHead));
    expect(session.outputNames).toEqual(['logit']);
    const { logit } = await session.run(feedsOf(tinyPairs));
    expect(logit.dims).toEqual([2, 1]);
    for (const [i, pair] of tinyPairs.entries()) {
      expect(own[i]).toBeCloseTo(Number(logit.data[i]), 4);
      expect(own[i]).toBeCloseTo(Number((await session.run(feedsOf([pair]))).logit.data[0]), 4);
    }
  });
});

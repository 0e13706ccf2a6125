import fc from 'fast-check';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { Graph } from '../../../models/onnx/graph.js';
import { bagScales, channelLogits, emitChannel, type WordChannel } from '../../../models/words/channel.js';

describe('the text channel', () => {
  const channel: WordChannel = { length: 4, buckets: 3, weights: Float32Array.of(0, 1, 2, 4, 8, 16, 32), bias: 0.5 };

  it('is a sum of two bags of length 1, by hand', () => {
    // question ids 1 and 3, answer id 5: .5 + (1 + 4)/√2 + 16/1
    expect(channelLogits(channel, Int32Array.of(1, 3, 5, 0))[0]).toBeCloseTo(0.5 + 5 / Math.SQRT2 + 16, 5);
    expect(channelLogits(channel, Int32Array.of(0, 0, 0, 0))[0]).toBe(0.5);
    expect([...bagScales(Int32Array.of(1, 2, 3, 4), channel)]).toEqual([Math.fround(1 / Math.sqrt(3)), 1]);
  });

  it('gives the same values in the graph as in TypeScript', async () => {
    const graph = new Graph('test');
    const { logit } = emitChannel(graph, channel, graph.input('words', 'int32', ['n', 4]));
    graph.output('y', logit, 'float32', ['n', 1]);
    const session = await InferenceSession.create(graph.encode(), { logSeverityLevel: 3 });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 4, maxLength: 40 }), async (ids) => {
        const words = Int32Array.from(ids.slice(0, ids.length - (ids.length % 4)));
        const { y } = await session.run({ words: new Tensor('int32', words, [words.length / 4, 4]) });
        channelLogits(channel, words).forEach((z, i) => {
          expect((y.data as Float32Array)[i]).toBeCloseTo(z, 4);
        });
      }),
    );
    await session.release();
  });
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type EmbeddingChannel, embeddingLogits } from '../../../models/embeddings/channel.js';
import { scoringKernel } from '../../../scorer/direct/kernel.js';
import { Space } from '../../../scorer/direct/space.js';
import { planVectors, vectorRunner } from '../../../scorer/direct/vectors.js';
import { random } from '../../../support/random.js';
import { kernelMemory } from '../../../support/wasm/kernel.js';
import { drawnProbe } from '../../support/drawn-probe.js';

const SIZE = 577;

it.each([[[256, 128, 64]], [[5]], [[16, 33, 1]]])('a probe %j in WebAssembly is that in TypeScript', (widths) => {
  const draw = random(`direct ${widths}`);
  const some = (length: number, scale = 1) => Float32Array.from({ length }, () => scale * draw.normal());
  const channel: EmbeddingChannel = {
    shapes: [{ name: 'hidden', size: SIZE }],
    centre: some(SIZE),
    slope: some(SIZE).map((value) => 0.5 + Math.abs(value)),
    linear: some(SIZE + 1, 0.02),
    width: 0,
    weights: new Float32Array(),
    biases: new Float32Array(),
    heads: new Float32Array(),
    bias: -0.2,
    probe: drawnProbe(SIZE + 1, widths, draw),
  };
  const space = new Space();
  const plan = planVectors(channel, space);
  const memory = kernelMemory(4 * space.size);
  space.fill(memory.buffer);
  const runner = vectorRunner(plan, scoringKernel(memory), new Float32Array(memory.buffer));
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e6 }), fc.boolean(), (seed, isMissing) => {
      const row = random(seed);
      const vector = Float32Array.from({ length: SIZE }, (_, j) => channel.centre[j] + 2 * row.normal());
      if (isMissing) vector[3] = Number.NaN;
      runner.inputs[0].set(vector);
      expect(runner.load()).toBe(isMissing ? 0 : 1);
      const [expected] = embeddingLogits(channel, [vector]);
      expect(Math.abs(runner.logit() - expected)).toBeLessThan(1e-5 * (1 + Math.abs(expected)));
    }),
    { numRuns: 60 },
  );
});

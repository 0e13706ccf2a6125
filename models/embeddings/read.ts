import type { Layout } from '../layout.js';
import type { ReadModel } from '../onnx/read.js';
import { type EmbeddingChannel, inputsOf } from './channel.js';
import { readProbe } from './probe.js';

/**
 * Reads the embedding channel back from the constants of a graph. Throws RangeError if the layout does not fit them.
 */
export function readChannel(
  { shapes, centre, slope, linear, bias, width, projection, probe }: NonNullable<Layout['embeddings']>,
  { floats }: Pick<ReadModel, 'floats'>,
): EmbeddingChannel {
  const d = shapes.reduce((sum, { size }) => sum + size, 0);
  const named = (name: string | undefined, size: number): Float32Array => {
    const values = name === undefined ? new Float32Array() : floats.get(name);
    if (values?.length !== size) throw new RangeError(`the model has no constant ${name} of ${size} numbers`);
    return values;
  };
  const standardiser = { shapes, centre: named(centre, d), slope: named(slope, d) };
  const inputs = inputsOf(standardiser);
  return {
    ...standardiser,
    linear: named(linear, inputs),
    bias,
    width,
    weights: named(projection?.weights, inputs * width),
    biases: named(projection?.biases, width),
    heads: named(projection?.heads, width),
    probe: probe === undefined ? null : readProbe(probe, inputs, named),
  };
}

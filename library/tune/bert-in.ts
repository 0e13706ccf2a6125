import { join } from 'node:path';
import { encoderSchema } from '../../meaning/encoder/settings.js';
import { readModelFiles } from '../../meaning/model/model-files.js';
import { openModel } from '../../meaning/model/open-model.js';
import { vectorsOutput } from '../../meaning/model/outputs.js';
import type { Tokeniser } from '../../meaning/model/tokeniser.js';
import type { Bert } from '../../models/bert/bert.js';
import { readBert } from '../../models/bert/read.js';
import type { Tf } from '../../models/networks/types.js';
import { VouchError } from '../../support/errors.js';
import { maxOf } from '../../support/extremes.js';
import { openFrozen } from '../../train/tuned/frozen.js';

/** An encoder that can be tuned. */
interface TunableEncoder {
  bert: Bert;
  tokeniser: Tokeniser;
  /** The content of tokenizer.json. */
  tokenizer: object;
  sha256: string;
}

/** Largest difference between onnxruntime's numbers and ours. */
const NEAR = 1e-3;

/**
 * Reads the encoder in a folder (docs/encoders.md) for tuning, and checks that tfjs gives the same vectors as
 * onnxruntime: a graph may have a BERT's constants and yet compute something else. Errors: FILE_MISSING,
 * FILE_UNREADABLE, ENCODER_BAD.
 */
export async function bertIn(
  dir: string,
  { tf, maxTokens, layers }: { tf: Tf; maxTokens: number; layers: number },
): Promise<TunableEncoder> {
  const files = await readModelFiles(dir, { settings: 'encoder.json', schema: encoderSchema });
  const file = join(dir, 'model.onnx');
  const bert = readBert(files.graph, file);
  const places = bert.places.length / bert.hidden;
  if (maxTokens > places)
    throw outOfRange('maxTokens', `at most ${places}, the length that the encoder was made for`, maxTokens);
  if (layers > bert.layers.length) throw outOfRange('layers', `at most ${bert.layers.length}`, layers);
  const model = await openModel(files, { maxTokens });
  try {
    const pair = model.tokeniser.pair('A question to try the encoder with?', 'An answer.');
    const output = vectorsOutput(model, file);
    const { data } = await model.run(pair, output);
    const frozen = openFrozen(tf, bert, { pairs: [pair], trained: 0 });
    const { x, masked, shares } = await frozen.batch(Int32Array.of(0)).finally(() => frozen.dispose());
    const own = await x.data();
    tf.dispose([x, masked, shares]);
    const far = own.length === data.length ? maxOf(data.map((value, i) => Math.abs(value - own[i]))) : Number.NaN;
    if (far < NEAR) return { bert, tokeniser: model.tokeniser, tokenizer: files.tokenizer, sha256: files.sha256 };
    throw new VouchError('ENCODER_BAD', 'the graph does not compute what a BERT with its weights computes', {
      file,
      field: output,
      expected: `the same vectors, to within ${NEAR}`,
      got: `a difference of ${far}`,
    });
  } finally {
    await model.close();
  }
}

function outOfRange(field: string, expected: string, got: number): VouchError {
  return new VouchError('BAD_USAGE', 'this option is out of range for the encoder', { field, expected, got });
}

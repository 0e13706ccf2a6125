import { basename, join, resolve } from 'node:path';
import { VouchError } from '../../support/errors.js';
import { readModelFiles } from '../model/model-files.js';
import { openModel } from '../model/open-model.js';
import { vectorsOutput } from '../model/outputs.js';
import { type CacheCounts, Kept } from './kept.js';
import { oneByOne } from './one-by-one.js';
import { pool } from './pool.js';
import { ENCODER_NAME, encoderSchema, type Pooling } from './settings.js';

/** What identifies an encoder, and decides its vectors. */
export interface EncoderFact {
  name: string;
  sha256: string;
  maxTokens: number;
  /** `nli`: an entailment model; `tuned`: an encoder with a head that reads correctness. Both read pairs. */
  pooling: Pooling | 'nli' | 'tuned';
}

/** A sentence encoder that is open. */
export interface Encoder {
  fact: EncoderFact;
  /** The cosine from which two texts mean the same, as encoder.json says. */
  sameAt: number | undefined;
  /** Dimension of the vectors. */
  size: number;
  /** The vector of a text, which depends on nothing else; zeros for a text without a token. Error: ENCODER_BAD. */
  vector(text: string, kind: 'question' | 'text'): Promise<Float64Array>;
  counts: Readonly<CacheCounts>;
  close(): Promise<void>;
}

/** Bytes of the vectors that are kept, per encoder. */
const KEPT_BYTES = 2 ** 26;

/**
 * Opens the sentence encoder in a folder: `model.onnx`, `tokenizer.json`, `encoder.json` (docs/encoders.md), and tries
 * it on a text. Errors: FILE_MISSING, FILE_UNREADABLE, ENCODER_BAD.
 */
export async function openEncoder(dir: string): Promise<Encoder> {
  const files = await readModelFiles(dir, { settings: 'encoder.json', schema: encoderSchema });
  const { settings, sha256 } = files;
  const name = nameOf(dir, settings);
  const { maxTokens, pooling, prefixes } = settings;
  const model = await openModel(files, { maxTokens });
  try {
    const file = join(dir, 'model.onnx');
    const output = vectorsOutput(model, file);
    const encode = async (text: string, size?: number) => {
      const encoded = model.tokeniser.one(text);
      if (encoded.ids.length === 0 && size !== undefined) return new Float64Array(size);
      const { data, dims } = await model.run(encoded, output);
      const expected = [1, encoded.ids.length, size ?? dims[2]];
      if (dims.length !== 3 || dims.some((dim, i) => dim !== expected[i]) || dims[2] < 1) {
        const detail = { file, field: output, expected: `[${expected.join(', ')}]`, got: dims };
        throw new VouchError('ENCODER_BAD', 'this output has another size', detail);
      }
      const vector = pool(data, dims[2], settings);
      if (vector.every(Number.isFinite)) return vector;
      throw new VouchError('ENCODER_BAD', 'this output is not finite', { file, field: output });
    };
    const { length: size } = await encode('A text to try the encoder with.');
    const kept = new Kept<Float64Array>(Math.max(1024, Math.floor(KEPT_BYTES / (8 * size))));
    const queued = oneByOne();
    return {
      fact: { name, sha256, maxTokens, pooling },
      sameAt: settings.sameAt,
      size,
      vector: (text, kind) => {
        const whole = `${prefixes?.[kind] ?? ''}${text}`;
        return kept.get(whole, () => queued(() => encode(whole, size)));
      },
      counts: kept.counts,
      close: () => model.close(),
    };
  } catch (error) {
    await model.close();
    throw error;
  }
}

/** The name of a model: that of its settings, or that of its folder. Error: ENCODER_BAD. */
export function nameOf(dir: string, { name = basename(resolve(dir)) }: { name?: string }): string {
  if (ENCODER_NAME.test(name)) return name;
  throw new VouchError('ENCODER_BAD', 'the name of the folder cannot be the name of an encoder', {
    file: join(dir, 'encoder.json'),
    field: 'name',
    expected: 'a name in letters, digits, - and _',
    got: name,
  });
}

import { join } from 'node:path';
import { isAnswer, type Logged } from '../../data/token-list.js';
import { VouchError } from '../../support/errors.js';
import { type CacheCounts, Kept } from '../encoder/kept.js';
import { oneByOne } from '../encoder/one-by-one.js';
import { type EncoderFact, nameOf } from '../encoder/open-encoder.js';
import { readModelFiles } from '../model/model-files.js';
import { openModel } from '../model/open-model.js';
import { logitsOutput } from '../model/outputs.js';
import { recordedProbability } from './recorded-probability.js';
import { tunedSettings } from './settings.js';
import { tunedTexts } from './texts.js';

/** A tuned encoder that is open. */
interface TunedEncoder {
  fact: EncoderFact;
  /**
   * The field that it adds to a record: its probability that the answer is right, as `verifiers.NAME`, with six
   * decimals. Undefined if the record has one, or has no answer. Error: ENCODER_BAD.
   */
  fieldsOf(record: Logged): Promise<Pick<Logged, 'verifiers'> | undefined>;
  counts: Readonly<CacheCounts>;
  close(): Promise<void>;
}

/** Answers whose results are kept. */
const KEPT = 2 ** 16;

/**
 * Opens the tuned encoder in a folder: `model.onnx`, `tokenizer.json`, `encoder.json` (docs/tuned-encoder.md), and tries
 * it on a pair. Errors: FILE_MISSING, FILE_UNREADABLE, ENCODER_BAD.
 */
export async function openTuned(dir: string): Promise<TunedEncoder> {
  const files = await readModelFiles(dir, { settings: 'encoder.json', schema: tunedSettings });
  const { settings, sha256 } = files;
  const { maxTokens } = settings;
  const name = nameOf(dir, settings);
  const model = await openModel(files, { maxTokens });
  try {
    const file = join(dir, 'model.onnx');
    const output = logitsOutput(model, 1, file);
    const read = async (asked: string, answer: string): Promise<number> => {
      const { data, dims } = await model.run(model.tokeniser.pair(asked, answer), output);
      if (dims.length === 2 && dims[0] === 1 && dims[1] === 1 && Number.isFinite(data[0]))
        return recordedProbability(data[0]);
      const detail = { file, field: output, expected: 'a finite number, [1, 1]', got: `[${dims.join(', ')}]` };
      throw new VouchError('ENCODER_BAD', 'this output is not a logit', detail);
    };
    await read('A question to try the model with.', 'An answer.');
    const kept = new Kept<number>(KEPT);
    const queued = oneByOne();
    return {
      fact: { name, sha256, maxTokens, pooling: 'tuned' },
      fieldsOf: async (record) => {
        if (!isAnswer(record) || record.verifiers?.[name] != null) return undefined;
        const { asked, answer } = tunedTexts(record);
        const own = await kept.get(JSON.stringify([asked, answer]), () => queued(() => read(asked, answer)));
        return { verifiers: { ...record.verifiers, [name]: own } };
      },
      counts: kept.counts,
      close: () => model.close(),
    };
  } catch (error) {
    await model.close();
    throw error;
  }
}

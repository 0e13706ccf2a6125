import { join } from 'node:path';
import type { Entailed, TextPair } from '../../data/entailment/plan.js';
import { VouchError } from '../../support/errors.js';
import { maxOf } from '../../support/extremes.js';
import { type CacheCounts, Kept } from '../encoder/kept.js';
import { oneByOne } from '../encoder/one-by-one.js';
import { type EncoderFact, nameOf } from '../encoder/open-encoder.js';
import { readModelFiles } from '../model/model-files.js';
import { openModel } from '../model/open-model.js';
import { logitsOutput } from '../model/outputs.js';
import type { Encoded } from '../model/tokeniser.js';
import { nliSchema } from './settings.js';

/** An entailment model (a cross-encoder) that is open. */
export interface Nli {
  fact: EncoderFact;
  /** P(entails) and P(contradicts) of a pair, given the question ('' if there is none). Error: ENCODER_BAD. */
  entails(question: string, pair: TextPair): Promise<Entailed>;
  counts: Readonly<CacheCounts>;
  close(): Promise<void>;
}

/** Pairs whose results are kept. */
const KEPT = 2 ** 17;

/**
 * Opens the cross-encoder in a folder: `model.onnx`, `tokenizer.json`, `encoder.json` (docs/entailment.md), and tries it
 * on a pair. Errors: FILE_MISSING, FILE_UNREADABLE, ENCODER_BAD.
 *
 * Texts are read after their question: "question answer" (Kuhn et al. 2023, Algorithm 1). Of a question with more
 * characters than `maxTokens`, only the end is read. A passage is read without the question, against the question with
 * the answer. A passage that is too long is read in windows, and the largest P(entails) and the largest P(contradicts)
 * of any of them count. (SummaC-ZS, Laban et al. 2022, section 3.2, takes the largest P(entails) of the document's
 * sentences.) Other pairs that are too long are cut, the longer text first.
 */
export async function openNli(dir: string): Promise<Nli> {
  const files = await readModelFiles(dir, { settings: 'encoder.json', schema: nliSchema });
  const { settings, sha256 } = files;
  const { labels, maxTokens } = settings;
  const name = nameOf(dir, settings);
  const model = await openModel(files, { maxTokens });
  try {
    const file = join(dir, 'model.onnx');
    const output = logitsOutput(model, labels.length, file);
    const read = async (encoded: Encoded): Promise<Entailed> => {
      const { data, dims } = await model.run(encoded, output);
      if (dims.length !== 2 || dims[0] !== 1 || dims[1] !== labels.length) {
        const detail = { file, field: output, expected: `[1, ${labels.length}], one per label`, got: dims };
        throw new VouchError('ENCODER_BAD', 'this output has another size', detail);
      }
      const shares = softmax(data);
      if (!shares.every(Number.isFinite))
        throw new VouchError('ENCODER_BAD', 'this output is not finite', { file, field: output });
      return { entails: shares[labels.indexOf('entailment')], contradicts: shares[labels.indexOf('contradiction')] };
    };
    await read(model.tokeniser.pair('A text to try the model with.', 'Another text.'));
    const kept = new Kept<Entailed>(KEPT);
    const queued = oneByOne();
    const entails = async (premise: string, hypothesis: string, of: TextPair['of']): Promise<Entailed> => {
      if (of === 'text') return queued(() => read(model.tokeniser.pair(premise, hypothesis)));
      const windows = model.tokeniser.windows(premise, hypothesis);
      const found = await Promise.all(windows.map((window) => queued(() => read(window))));
      return {
        entails: maxOf(found.map((each) => each.entails)),
        contradicts: maxOf(found.map((each) => each.contradicts)),
      };
    };
    return {
      fact: { name, sha256, maxTokens, pooling: 'nli' },
      entails: (question, { premise, hypothesis, of }) => {
        const asked = question.trim().slice(-maxTokens);
        const after = (text: string) => (asked === '' ? text : `${asked} ${text}`);
        const first = of === 'text' ? after(premise) : premise;
        return kept.get(JSON.stringify([of, first, after(hypothesis)]), () => entails(first, after(hypothesis), of));
      },
      counts: kept.counts,
      close: () => model.close(),
    };
  } catch (error) {
    await model.close();
    throw error;
  }
}

/** exp(x_i) / Σ exp(x_j), in double precision. */
function softmax(logits: Float32Array): number[] {
  const most = maxOf(logits);
  const exps = Array.from(logits, (logit) => Math.exp(logit - most));
  const total = exps.reduce((sum, each) => sum + each, 0);
  return exps.map((each) => each / total);
}

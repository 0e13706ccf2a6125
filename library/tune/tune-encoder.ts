import { resolve } from 'node:path';
import type { AnswerSource } from '../../data/read/answer-source.js';
import { lineOf } from '../../data/write/json-lines.js';
import { setAside } from '../../data/write/set-aside.js';
import { ENCODER_NAME } from '../../meaning/encoder/settings.js';
import { recordedProbability } from '../../meaning/tuned/recorded-probability.js';
import { tunedTexts } from '../../meaning/tuned/texts.js';
import { compare } from '../../metrics/compare.js';
import type { Estimate } from '../../metrics/interval/interval.js';
import { logLossMetric } from '../../metrics/proper/log-loss.js';
import { emitBert } from '../../models/bert/emit.js';
import { hashesOf } from '../../models/bundle/write.js';
import { sigmoid } from '../../models/numbers.js';
import { digestOf } from '../../support/digest.js';
import { VouchError } from '../../support/errors.js';
import type { FolderKind } from '../../support/folder/kind.js';
import { checkOurs } from '../../support/folder/ours.js';
import { replaceFolder } from '../../support/folder/replace.js';
import { refuseSame } from '../../support/folder/same-place.js';
import { numbered } from '../../support/numbered.js';
import { random } from '../../support/random.js';
import { reportedProgress } from '../../support/reported-progress.js';
import { versions } from '../../support/versions.js';
import { plural } from '../../support/words/plural.js';
import { keptFits } from '../../train/learn/pool/kept-fits.js';
import { keptOr } from '../../train/learn/pool/kept-or.js';
import type { Tuning } from '../../train/tuned/cross-fit.js';
import { namedFiles, splitReading } from '../read-settings.js';
import { gradedAnswers } from './graded-answers.js';
import { fitOptionsOf, type TuneEncoderOptions, tuneEncoderDefaults } from './tune-encoder-options.js';

/** What `tuneEncoder` gives. */
export interface TunedEncoderResult {
  out: string;
  answers: number;
  questions: number;
  /** What tfjs computed on. */
  backend: string;
  /** The epochs that the shipped encoder was tuned for: the median of the folds' best ones (of two in the middle, the larger). */
  epochs: number;
  /** Out of fold: of the encoder as it was, with a head; of the tuned one; tuned − frozen with its interval. */
  logLoss: { frozen: number; tuned: number; difference: Estimate };
  /** Lines that `badLines: 'skip'` skipped. */
  bad: number;
}

/** How a folder with a tuned encoder is recognised. */
const tunedKind: FolderKind = { marker: 'tuned.json', keys: ['tuned'], what: 'not a tuned encoder' };

/**
 * Tunes the last layers of an encoder, with a head, to say whether an answer is right: it reads question, context and
 * answer. Writes a folder that `encoders` (`--encoder`) takes, and in it `answers.jsonl`: the graded answers with
 * `verifiers.NAME` from encoders that did not see their question, to train a predictor on (docs/tuned-encoder.md).
 * Experimental. Errors: those of reading and of the encoder; NO_LABELS, ONE_CLASS, TOO_FEW_LABELS; BAD_USAGE;
 * BACKEND_UNAVAILABLE; OUT_EXISTS, OUT_UNWRITABLE, DISK_FULL; INTERRUPTED if `signal` fired, and finished folds are kept.
 */
export async function tuneEncoder(answers: AnswerSource, options: TuneEncoderOptions): Promise<TunedEncoderResult> {
  const { read, badFile, rest } = splitReading(options);
  const { encoder, out, onProgress, onNote, signal, ...given } = rest;
  const { name, backend: wanted, resume, seed, ...fitted } = { ...tuneEncoderDefaults, ...given };
  if (typeof encoder !== 'string')
    throw new VouchError('BAD_USAGE', 'the folder of the encoder is missing', { field: 'encoder' });
  if (typeof out !== 'string')
    throw new VouchError('BAD_USAGE', 'the folder of the result is missing', { field: 'out' });
  if (!ENCODER_NAME.test(name))
    throw new VouchError('BAD_USAGE', 'this cannot be the name of a verifier', { field: 'name', got: name });
  const fit = fitOptionsOf(fitted);
  await refuseSame(out, { inputs: namedFiles(answers, read, []), folders: [encoder] });
  await checkOurs(out, tunedKind);
  const show = onProgress === undefined ? undefined : reportedProgress(onProgress);
  const graded = await gradedAnswers(answers, read, { show, signal });
  const { records, y, w, groups, strata, bad } = graded;
  for (const text of await setAside(bad, badFile ?? `${out}.bad.jsonl`)) onNote?.({ about: 'answers', text });

  const { openBackend } = await import('../../train/backend/ladder.js');
  const { bertIn } = await import('./bert-in.js');
  const { openTuning } = await import('../../train/tuned/cross-fit.js');
  const backend = await openBackend(wanted);
  onNote?.({ about: 'backend', text: backend.said });
  const { bert, tokeniser, tokenizer, sha256 } = await bertIn(encoder, { tf: backend.tf, ...fit });
  const pairs = records.map((record) => {
    const { asked, answer } = tunedTexts(record);
    return tokeniser.pair(asked, answer);
  });
  const note = (text: string) => onNote?.({ about: 'fits', text });
  const kept = keptFits(`${resolve(out)}.fits`);
  const key = digestOf([versions(), backend.name, fit, seed, sha256, pairs, y, w, groups, strata]);
  const find = keptOr({ kept, resume, onFault: (error) => note(`not kept: ${(error as Error).message}`) });
  const keep = <T>(what: string, make: () => Promise<T>) => find(digestOf([key, what]), make);
  const draw = random(seed);
  let tuning: Tuning | undefined;
  try {
    tuning = await openTuning(
      backend.tf,
      bert,
      { pairs, labels: { y, w }, groups, strata },
      {
        ...{ options: fit, random: draw, show, signal, keep },
        onEstimate: (seconds) => note(estimateText(seconds, backend.name)),
      },
    );
    const { logits, untuned, epochs, penalties } = await tuning.crossFit();
    const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
    const chosen = { epochs: median(epochs), penalty: median(penalties) };
    const all = await tuning.fitAll(chosen);
    const layers = [...bert.layers.slice(0, bert.layers.length - fit.layers), ...all.layers];
    const annotated = records.map((record, i) => ({
      ...record,
      verifiers: { ...record.verifiers, [name]: recordedProbability(logits[i]) },
    }));
    const settings = { kind: 'tuned', name, maxTokens: fit.maxTokens };
    const logLoss = gainOf(logits, untuned, { y, w, groups, seed });
    const summary = { answers: records.length, questions: new Set(groups).size, epochs: chosen.epochs, logLoss };
    const files = {
      'model.onnx': emitBert({ ...bert, layers }, all.head),
      'tokenizer.json': JSON.stringify(tokenizer),
      'encoder.json': `${JSON.stringify(settings, null, 2)}\n`,
      'answers.jsonl': Buffer.concat(annotated.map((record) => Buffer.from(lineOf(record)))),
    };
    const manifest = { tuned: 1, ...versions(), from: sha256, seed, options: fit, ...summary, files: hashesOf(files) };
    const text = `${JSON.stringify(manifest, null, 1)}\n`;
    await replaceFolder(out, { kind: tunedKind, files: { ...files, [tunedKind.marker]: text } });
    await kept.remove();
    return { out, backend: backend.name, bad: bad.length, ...summary };
  } catch (error) {
    const count = await kept.count();
    if (count > 0)
      note(`${plural(count, 'finished fit is', 'finished fits are')} kept in ${kept.folder}, for the option resume`);
    throw error;
  } finally {
    tuning?.close();
  }
}

function estimateText(seconds: number, backend: string): string {
  const minutes = seconds / 60;
  const time = minutes < 1 ? 'less than a minute' : `about ${Math.ceil(minutes)} minutes`;
  const faster =
    minutes > 30 && backend !== 'cuda'
      ? ' A GPU (`vouch setup-tfjs --gpu`), fewer epochs or fewer answers take less time.'
      : '';
  return `tuning takes ${time} at most on ${backend}.${faster}`;
}

/** Log-loss of both, and the paired difference with a 95% interval by a bootstrap over questions. */
function gainOf(
  logits: Float64Array,
  untuned: Float64Array,
  { y, w, groups, seed }: { y: Float64Array; w: Float64Array; groups: readonly string[]; seed: number },
): TunedEncoderResult['logLoss'] {
  const answers = { label: y, weight: w, group: numbered(groups).index, slice: new Int32Array(y.length) };
  const predictors = { tuned: logits.map(sigmoid), frozen: untuned.map(sigmoid) };
  const { differences } = compare({
    ...{ metrics: [logLossMetric], answers, predictors, reference: 'tuned' },
    random: random(seed).fork('interval'),
  });
  const of = (probability: Float64Array) => logLossMetric.of({ ...answers, probability });
  return { frozen: of(predictors.frozen), tuned: of(predictors.tuned), difference: differences.frozen.logLoss };
}

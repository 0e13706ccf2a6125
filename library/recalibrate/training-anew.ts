import type { AdaptContext } from '../../adapt/context.js';
import { type AnswerSource, IN_MEMORY, pathsOf } from '../../data/read/answer-source.js';
import type { ReadOptions } from '../../data/read/answers.js';
import type { Bundle } from '../../models/bundle/read.js';
import type { TrainAnew } from '../../recalibrate/try-changes.js';
import { VouchError } from '../../support/errors.js';
import type { Plugins } from '../../support/plugins/plugin.js';
import { type TrainOptions, wordsOf } from '../../train/options.js';
import { loadAnswers } from '../load-answers.js';
import type { RunOptions } from '../run-options.js';

interface Sources {
  before: AnswerSource;
  fresh: AnswerSource;
}

interface Anew {
  bundle: Bundle;
  given: Partial<TrainOptions>;
  reading: ReadOptions;
  plugins: Plugins;
  badFile: string;
  run: RunOptions;
  context: AdaptContext;
  /** Fits that are finished are kept next to this place while the training runs. */
  place: string;
}

/**
 * Trains a predictor anew on the old and the fresh answers, with the options of the version in service. Errors: those of
 * reading and training; BAD_USAGE if one source is files and the other records.
 */
export function trainingAnew(sources: Sources, anew: Anew): TrainAnew {
  const together = joined(sources);
  const { bundle, given, reading, plugins, badFile, run, context, place } = anew;
  return async (fresh) => {
    const { trainWhole, wholeOptions } = await import('../../recalibrate/whole.js');
    const { openRun } = await import('../training-run.js');
    const options = wholeOptions(bundle.manifest.options, given);
    const { topK } = bundle.manifest.signals;
    const loaded = await loadAnswers(together, {
      ...{ read: reading, topK, words: wordsOf(options), plugins, badFile },
      vectors: options.embeddings.channel ? 'any' : null,
      ...{ onProgress: run.onProgress, signal: run.signal },
    });
    const training = await openRun({
      ...{ out: `${place}.anew`, resume: false, options, data: loaded.data },
      ...{ signal: run.signal, onNote: run.onNote },
    });
    return training.finish(({ pool, backend }) =>
      trainWhole(loaded.data, fresh, options, {
        ...context,
        ...{ pool, backend, read: loaded.read, bad: loaded.bad.length, encoders: bundle.manifest.encoders },
      }),
    );
  };
}

function joined({ before, fresh }: Sources): AnswerSource {
  const [old, own] = [pathsOf(before), pathsOf(fresh)];
  if (old !== null && own !== null && ![...old, ...own].includes('-')) return [...old, ...own];
  if (Array.isArray(before) && Array.isArray(fresh) && old === null && own === null) {
    return [...before, ...fresh] as AnswerSource;
  }
  throw new VouchError('BAD_USAGE', 'old and fresh answers must both be files, or both lists of records', {
    ...{ field: 'withTraining', got: (old ?? [IN_MEMORY]).join(', ') },
  });
}

import { availableParallelism } from 'node:os';
import { namedBy } from '../models/bundle/encoders-read.js';
import type { Pinning } from '../models/bundle/pinning.js';
import { filesOf, readBundle } from '../models/bundle/read.js';
import { badFileOf } from '../scorer/batch/out/out-paths.js';
import { type ScoreJob, scoreAnswers } from '../scorer/batch/score-answers.js';
import { type ScoreSummary, summaryOf } from '../scorer/batch/summary.js';
import { openBundle } from '../scorer/open.js';
import { closing } from '../support/closing.js';
import { refuseSame } from '../support/folder/same-place.js';
import type { Plugins } from '../support/plugins/plugin.js';
import { silent } from '../support/progress.js';
import { reportedProgress } from '../support/reported-progress.js';
import { versions } from '../support/versions.js';
import { type EncoderOptions, noteEncoders, openEncoders } from './encoders.js';
import type { RunOptions } from './run-options.js';

/** Scores answers into a file. It has its own module, so that onnxruntime is loaded only when scoring begins. */
export async function writeScores(
  {
    model,
    pinning,
    plugins,
    encoders = [],
    threads,
  }: EncoderOptions & {
    model: string;
    pinning: Pinning;
    plugins: Plugins;
    threads?: number;
  },
  job: Omit<ScoreJob, 'vouch' | 'threads'>,
  { onProgress, onNote, signal }: RunOptions,
): Promise<ScoreSummary> {
  const { out, bad } = job;
  const bundle = await readBundle(model, pinning);
  await refuseSame(out, { inputs: [...filesOf(bundle), ...plugins.flatMap(({ file }) => file ?? [])] });
  const annotator = await openEncoders(encoders);
  const { scorer } = await openBundle(bundle, { plugins, annotator }).catch(closing(annotator));
  noteEncoders(namedBy([bundle.manifest], { grounds: true }), annotator, onNote);
  const shown = (onProgress === undefined ? silent : reportedProgress(onProgress))('score', { unit: 'rows' });
  const started = performance.now();
  try {
    const scored = await scoreAnswers(
      scorer,
      {
        ...job,
        grounded: annotator?.encoders.some(({ pooling }) => pooling === 'nli'),
        encoders: annotator?.encoders,
        now: () => new Date(),
        vouch: versions().vouch,
        threads: { count: threads ?? availableParallelism(), bundle, plugins, encoders },
      },
      {
        stop: signal,
        say: (text) => onNote?.({ about: 'answers', text }),
        // People count rows, but only the bytes are known: the total of rows is an estimate until the end.
        progress: (rows, bytes, total) =>
          shown.set(rows, total > 0 ? Math.max(rows, Math.round((rows * total) / bytes)) : undefined),
      },
    );
    shown.set(scored.tally.rows - scored.before, scored.tally.rows - scored.before);
    shown.done();
    const badFile = bad ?? (out === '-' ? null : badFileOf(out));
    const summary = summaryOf(scored, scorer.manifest, out, badFile, (performance.now() - started) / 1000);
    return { ...summary, bundle: scorer.digest };
  } finally {
    await scorer.close();
    await annotator?.close();
  }
}

import { pluginLabellers } from '../../data/label/define-labeller.js';
import { labelWith } from '../../data/label/list.js';
import type { AnswerSource } from '../../data/read/answer-source.js';
import { pluginReaders } from '../../data/read/formats/define-reader.js';
import { setAside } from '../../data/write/set-aside.js';
import { pluginSignals } from '../../features/plugin/signals-of.js';
import { hashesOf } from '../../models/bundle/write.js';
import type { FolderKind } from '../../support/folder/kind.js';
import { checkOurs } from '../../support/folder/ours.js';
import { replaceFolder } from '../../support/folder/replace.js';
import { refuseSame } from '../../support/folder/same-place.js';
import { openPlugins } from '../../support/plugins/open-plugins.js';
import { reportedProgress } from '../../support/reported-progress.js';
import { versions } from '../../support/versions.js';
import type { TuneSummary } from '../../train/tune/results.js';
import { dataFiles } from '../data-files.js';
import { inputsOf, namedFiles, onlyKnown, splitReading } from '../read-settings.js';
import { checkOptions, type TuneOptions, tuneDefaults } from './tune-options.js';

/** What `tuneExport` gives: what is in the set, and where it is. */
export interface TuneResult extends TuneSummary {
  out: string;
  /** Lines that `badLines: 'skip'` skipped. */
  bad: number;
}

/** How a folder with a set is recognised. */
const tuneKind: FolderKind = { marker: 'manifest.json', keys: ['tune'], what: 'not a fine-tuning set' };

const known = [
  ...(['as', 'for', 'out', 'answersOf', 'baseModel', 'with', ...Object.keys(tuneDefaults)] as const),
  ...(['plugins', 'onProgress', 'onNote', 'signal'] as const),
];

/**
 * Writes a fine-tuning set from graded answers, split by question: no question of the test part, nor one that is nearly
 * equal, is in another part. Errors: those of reading; NO_ANSWERS, NO_LABELS, TOO_FEW_LABELS, ONE_CLASS; DUPLICATE_ID;
 * BAD_USAGE; OUT_EXISTS, OUT_UNWRITABLE, DISK_FULL; INTERRUPTED if `signal` fired, and nothing is written.
 */
export async function tuneExport(answers: AnswerSource, options: TuneOptions): Promise<TuneResult> {
  const { read, badFile, rest } = splitReading(options);
  onlyKnown(rest, known);
  checkOptions(rest);
  const { out, plugins: sources, onProgress, onNote, signal, ...given } = rest;
  const chosen = { ...tuneDefaults, ...defined(given), as: given.as, for: given.for };
  const anyTemperature = chosen.anyTemperature || chosen.as === 'preferences';
  const plugins = await openPlugins(sources);
  const own = pluginLabellers(plugins);
  if (chosen.with !== undefined) labelWith(chosen.with, own);
  await refuseSame(out, { inputs: namedFiles(answers, read, sources) });
  await checkOurs(out, tuneKind);
  const { tune } = await import('../../train/tune/tune.js');
  const how = { ...chosen, anyTemperature, baseModel: chosen.baseModel ?? '', own, signals: pluginSignals(plugins) };
  const show = onProgress === undefined ? undefined : reportedProgress(onProgress);
  const { files, summary, bad } = await tune(
    answers,
    { ...read, mergeNear: true, readers: pluginReaders(plugins) },
    { ...how, show, signal },
  );
  const notes = [...(await setAside(bad, badFile ?? `${out}.bad.jsonl`)), ...summary.notes];
  for (const text of notes) onNote?.({ about: 'answers', text });
  const inputs = await dataFiles(inputsOf(answers, read), signal);
  const manifest = { tune: 1, vouch: versions().vouch, ...summary, options: chosen, inputs, files: hashesOf(files) };
  const text = `${JSON.stringify(manifest, null, 1)}\n`;
  await replaceFolder(out, { kind: tuneKind, files: { ...files, [tuneKind.marker]: text } });
  return { ...summary, out, bad: bad.length };
}

/** The options that are not undefined. */
function defined<T extends object>(given: T): T {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as T;
}

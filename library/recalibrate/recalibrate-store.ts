import { namingOn } from '../../data/naming.js';
import { setAside } from '../../data/write/set-aside.js';
import { lostPolicy } from '../../scorer/policy/lost-policy.js';
import { reportedProgress } from '../../support/reported-progress.js';
import { versions as versionsOfLibraries } from '../../support/versions.js';
import { dataFiles } from '../data-files.js';
import { namedFiles, onlyKnown, type ReadSettings, splitReading } from '../read-settings.js';
import { madeVersion, type RecalibrateResult } from './made-version.js';
import { openVersion } from './open-version.js';
import { checkPlaces, type RecalibrateOptions, recalibrateNames } from './recalibrate-options.js';

/** Options of `recalibrateStore`: those of `recalibrate` that are not about files of answers. */
export interface RecalibrateStoreOptions
  extends Omit<RecalibrateOptions, keyof ReadSettings | 'withTraining' | 'drawn' | 'encoders'>,
    Pick<ReadSettings, 'labels' | 'labelRules' | 'badLines' | 'badFile'> {
  /**
   * Which feedback counts as the label of an answer that `labels`, a queue of the monitor, drew: `kind` or
   * `kind:source`. The default is `verdict` and `score:annotation`. A label in the queue takes precedence.
   */
  reviews?: readonly string[];
}

const NOT_STORED: readonly string[] = ['withTraining', 'drawn', 'encoders'];
const known = [
  ...recalibrateNames.filter((name) => !NOT_STORED.includes(name)),
  ...(['labels', 'labelRules', 'badLines', 'badFile', 'reviews'] as const),
];

/**
 * The same as `recalibrate` over the answers in a store that the version in service scored, with the signals that were
 * stored and the feedback on them. `store` is a SQLite file, or `postgres://…`. It needs no texts. Errors: those of
 * `recalibrate`; NO_ANSWERS, NOT_STORED, STORE_BAD, STORE_UNAVAILABLE.
 */
export async function recalibrateStore(store: string, options: RecalibrateStoreOptions): Promise<RecalibrateResult> {
  onlyKnown(options, known);
  const { reviews: named, ...given } = options;
  checkPlaces(given);
  const { REVIEWS } = await import('../../monitor/stored/reviews.js');
  const { openExisting } = await import('../../store/ready.js');
  const { storedAnswers } = await import('./stored-answers.js');
  const reviews = named ?? REVIEWS;
  const { read, rest } = splitReading<RecalibrateOptions>(given);
  const opened = await openVersion(given, [...namedFiles([], read, given.plugins), store]);
  const { bundle, plugins, rules, aside } = opened;
  const { onProgress, signal } = rest;
  const shown = onProgress === undefined ? null : reportedProgress(onProgress)('read', { unit: 'answers' });
  const { labels: file, labelRules = {}, badLines = 'stop' } = read;
  const opens = await openExisting(store);
  const stored = await storedAnswers({
    ...{ store: opens, bundle, plugins, reviews, leastChance: rules.leastChance, signal },
    ...(file === undefined ? {} : { labels: { file, rules: labelRules, badLines } }),
    progress: (answers) => shown?.add(answers),
  }).finally(() => opens.close());
  shown?.done();
  const { data, sources } = stored;
  const context = {
    files: [opens.shown],
    inputs: await dataFiles(file === undefined ? [] : [file], signal),
    warnings: [...lostPolicy(bundle), ...(await setAside(stored.bad, aside)), ...stored.warnings],
    created: new Date().toISOString(),
    versions: versionsOfLibraries(),
    ...{ naming: namingOn(bundle.manifest.naming, undefined), plugins, madeBy: [] },
  };
  return madeVersion(opened, { data, sources, context }, rest);
}

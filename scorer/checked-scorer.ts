import { checkRecord } from '../data/check-record.js';
import { copied } from '../data/read/copied.js';
import type { RecordInput } from '../data/record.js';
import { openPlugins, type PluginSource } from '../support/plugins/open-plugins.js';
import { openScorer as openUnchecked, type OpenOptions as UncheckedOptions } from './open.js';
import type { Score, ScoreOptions, Scorer } from './scorer.js';

/** A scorer that takes what a service takes: records of which only `answer` is needed, checked and left as they are. */
export interface CheckedScorer extends Pick<Scorer, 'manifest' | 'digest' | 'scoreFeatures' | 'close'> {
  /** Scores one record. Error: BAD_RECORD with the field. */
  score(record: RecordInput): Promise<Score>;
  /**
   * Scores in the order given; best in chunks of 64 to 256. Error: BAD_RECORD with the number of the record and the
   * field.
   */
  scoreMany(records: readonly RecordInput[], options?: ScoreOptions): Promise<Score[]>;
}

/** Options of `openScorer`. */
export interface OpenOptions extends Omit<UncheckedOptions, 'plugins'> {
  /** The plug-ins that the bundle was trained with: paths of modules, or objects. */
  plugins?: readonly PluginSource[];
}

/**
 * Opens a bundle folder: verifies its files, loads the graph, scores the golden rows. Errors: FILE_MISSING, BUNDLE_BAD,
 * BUNDLE_NEWER, BUNDLE_DAMAGED, BUNDLE_UNTRUSTED, BUNDLE_PLUGIN; those of loading a plug-in.
 */
export async function openScorer(dir: string, options: OpenOptions = {}): Promise<CheckedScorer> {
  const plugins = await openPlugins(options.plugins);
  return checkedScorer(await openUnchecked(dir, { ...options, plugins }));
}

/** The same over a scorer that is open. */
export function checkedScorer(scorer: Scorer): CheckedScorer {
  const { manifest, digest } = scorer;
  return {
    manifest,
    digest,
    score: async (record) => scorer.score(checkRecord(copied(record))),
    scoreMany: async (records, options) => {
      const checked = records.map((record, i) => checkRecord(copied(record), 'record', i + 1));
      return scorer.scoreMany(checked, options);
    },
    scoreFeatures: (features, categories, words) => scorer.scoreFeatures(features, categories, words),
    close: () => scorer.close(),
  };
}

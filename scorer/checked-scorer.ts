import { checkRecord } from '../data/check-record.js';
import { copied } from '../data/read/copied.js';
import type { RecordInput } from '../data/record.js';
import { annotatorIfAny } from '../meaning/annotator-if-any.js';
import { encoderNote } from '../models/bundle/check-encoders.js';
import { namedBy } from '../models/bundle/encoders-read.js';
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
export interface OpenOptions extends Omit<UncheckedOptions, 'plugins' | 'annotator' | 'grounds'> {
  /** The plug-ins that the bundle was trained with: paths of modules, or objects. */
  plugins?: readonly PluginSource[];
  /** Folders of the encoders that the bundle was trained with; without them it scores through its other patterns. */
  encoders?: readonly string[];
}

/**
 * Opens a bundle folder: verifies its files, loads the graph, scores the golden rows. Errors: FILE_MISSING, BUNDLE_BAD,
 * BUNDLE_NEWER, BUNDLE_DAMAGED, BUNDLE_UNTRUSTED, BUNDLE_PLUGIN, BUNDLE_ENCODER; those of loading a plug-in or an encoder.
 */
export async function openScorer(dir: string, options: OpenOptions = {}): Promise<CheckedScorer> {
  const plugins = await openPlugins(options.plugins);
  const { encoders = [] } = options;
  const annotator = await annotatorIfAny(encoders);
  try {
    const scorer = await openUnchecked(dir, { ...options, plugins, annotator });
    const note = encoderNote(namedBy([scorer.manifest], { grounds: true }), annotator?.encoders ?? []);
    if (note !== undefined) process.emitWarning(note, { code: 'VOUCH_ENCODER' });
    const close = async () => {
      await scorer.close();
      await annotator?.close();
    };
    return checkedScorer({ ...scorer, close });
  } catch (error) {
    await annotator?.close();
    throw error;
  }
}

/** The same over a scorer that is open. */
function checkedScorer(scorer: Scorer): CheckedScorer {
  const { manifest, digest } = scorer;
  return {
    manifest,
    digest,
    score: async (record) => scorer.score(checkRecord(copied(record))),
    scoreMany: async (records, options) => {
      const checked = records.map((record, i) => checkRecord(copied(record), 'record', i + 1));
      return scorer.scoreMany(checked, options);
    },
    scoreFeatures: (features, categories, words, embeddings) =>
      scorer.scoreFeatures(features, categories, words, embeddings),
    close: () => scorer.close(),
  };
}

import type { AnswerSource } from '../../data/read/answer-source.js';
import type { Pinning } from '../../models/bundle/pinning.js';
import { type RecalibrateRules, recalibrateDefaults } from '../../recalibrate/rules.js';
import { VouchError } from '../../support/errors.js';
import type { EncoderOptions } from '../encoders.js';
import type { ReadSettings } from '../read-settings.js';
import type { PluginOptions, RunOptions } from '../run-options.js';

/** Options of `recalibrate`: `model` with `out`, or `versions`. Labels are joined by id. */
export interface RecalibrateOptions
  extends ReadSettings,
    Pinning,
    PluginOptions,
    EncoderOptions,
    RunOptions,
    Partial<RecalibrateRules> {
  /** Folder of the version in service, and of the new version. */
  model?: string;
  out?: string;
  /** A folder of versions: the version in service is its `current`, and the new version is added to it. */
  versions?: string;
  /** With `versions`: bring the new version into service at once, and a note about it. */
  promote?: boolean;
  note?: string;
  /** The answers that the version in service was trained on; then a predictor that is trained anew is tried too. */
  withTraining?: AnswerSource;
  /** Find out and report, and write no version. */
  dryRun?: boolean;
  /** File for the report as a page; none if absent. */
  report?: string;
  /** Allowed share of errors among accepted answers, and the confidence of that promise (default: as trained). */
  targetError?: number;
  confidence?: number;
  /** Signals that may set off the leak alarm; the bundle is certified all the same. */
  allowLeak?: string[];
}

export const recalibrateNames = [
  ...(['model', 'out', 'versions', 'promote', 'note', 'withTraining', 'dryRun', 'report'] as const),
  ...(['targetError', 'confidence', 'allowLeak', 'digest', 'trusted', 'plugins', 'encoders'] as const),
  ...(['onProgress', 'onNote', 'signal'] as const),
  ...(Object.keys(recalibrateDefaults) as (keyof RecalibrateRules)[]),
];

/** Why the labels that certify a predictor trained anew cannot train it too. */
export const ANEW_BY_SPLIT = 'a predictor that is trained anew is certified by a split';

/** Error: BAD_USAGE if it is not clear which version is in service, or where the new one goes. */
export function checkPlaces({ model, out, versions, promote, note, dryRun, ...rest }: RecalibrateOptions): void {
  const usage = (what: string, field: string, expected: string) => {
    throw new VouchError('BAD_USAGE', what, { field, expected });
  };
  if ((model === undefined) === (versions === undefined)) {
    usage('it is not clear which version is in service', 'model', 'one of model and versions');
  }
  if (versions !== undefined && out !== undefined) usage('the new version goes to versions', 'out', 'only with model');
  if (model !== undefined && out === undefined && dryRun !== true) {
    usage('the folder of the new version is missing', 'out', 'a folder, or dryRun');
  }
  if (versions === undefined && (promote === true || note !== undefined)) {
    usage('only a folder of versions has these', promote === true ? 'promote' : 'note', 'versions');
  }
  if (rest.on !== undefined) usage('labels are joined by id', 'on', 'none');
  if (rest.change === 'whole' && rest.withTraining === undefined) {
    usage('training anew needs the old answers', 'withTraining', 'the answers of the version in service');
  }
  if (rest.certify === 'cross' && rest.withTraining !== undefined) {
    usage(ANEW_BY_SPLIT, 'certify', 'split or auto with withTraining');
  }
}

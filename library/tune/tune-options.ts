import { VouchError } from '../../support/errors.js';
import { FORMATS, KINDS, type TuneFormat, type TuneKind } from '../../train/tune/results.js';
import type { ReadSettings } from '../read-settings.js';
import type { PluginOptions, RunOptions } from '../run-options.js';

/** Options of `tuneExport`. */
export interface TuneOptions extends Omit<ReadSettings, 'mergeNear'>, PluginOptions, RunOptions {
  /** What the rows teach: `ptrue`, `idk` or `preferences`. */
  as: TuneKind;
  /** What reads them: `openai`, `trl` or `axolotl`. */
  for: TuneFormat;
  /** Folder of the set; an older set there is replaced. */
  out: string;
  /** The most rows of all parts together. */
  rows?: number;
  /** Seed of the split and of what is drawn. */
  seed?: number;
  /** Only answers of this model: the one that you tune. */
  answersOf?: string;
  /** Takes answers of any temperature. `preferences` always does. */
  anyTemperature?: boolean;
  /** For `ptrue`: as many right as wrong answers of each task of each model. */
  balance?: boolean;
  /** For `ptrue`: begins each probe with the examples of `vouch enrich --ptrue`. */
  examples?: boolean;
  /** For `idk`: the text that abstains. */
  abstain?: string;
  /** For `preferences`: the field of an answer that holds a better one. */
  corrections?: string;
  /** For `preferences`: the rule that grades samples; absent: the rule that made the labels of their record. */
  with?: string;
  /** For `axolotl`: the model to tune, for its config file. */
  baseModel?: string;
  /** Whether to measure a learning curve. */
  curve?: boolean;
}

/** Defaults of `vouch tune export`. */
export const tuneDefaults = {
  rows: 10_000,
  seed: 1,
  anyTemperature: false,
  balance: true,
  examples: false,
  abstain: "I don't know.",
  corrections: 'correction',
  curve: true,
} as const;

/** Which kind or format an option is for. */
const only = {
  ...{ balance: 'ptrue', examples: 'ptrue', abstain: 'idk', corrections: 'preferences', with: 'preferences' },
  baseModel: 'axolotl',
} as const;

/** Error: BAD_USAGE for an unknown kind or format, a bad number, and an option that does not belong to them. */
export function checkOptions(given: Partial<TuneOptions>): void {
  const { as, for: format, out, rows = tuneDefaults.rows, seed = tuneDefaults.seed } = given;
  if (typeof out !== 'string') throw wrong('the folder of the set is missing', 'out', 'a path', out);
  if (as === undefined || !KINDS.includes(as)) throw wrong('no such kind of set', 'as', KINDS.join(', '), as);
  if (format === undefined || !FORMATS.includes(format))
    throw wrong('no such format', 'for', FORMATS.join(', '), format);
  if (!Number.isInteger(rows) || rows < 1) throw wrong('not a number of rows', 'rows', '1 or more', rows);
  if (!Number.isInteger(seed)) throw wrong('not a seed', 'seed', 'a whole number', seed);
  if (given.abstain !== undefined && given.abstain.trim() === '')
    throw wrong('no text abstains', 'abstain', 'a text', given.abstain);
  for (const name of Object.keys(only) as (keyof typeof only)[]) {
    const belongs = only[name];
    if (given[name] !== undefined && belongs !== as && belongs !== format)
      throw wrong(`this option is only for ${belongs}`, name, 'none', given[name]);
  }
  if (format === 'axolotl' && !given.baseModel)
    throw wrong('the config file of Axolotl names the model to tune', 'baseModel', 'a name or a folder', undefined);
}

function wrong(what: string, field: string, expected: string, got: unknown): VouchError {
  return new VouchError('BAD_USAGE', what, { field, expected, got });
}

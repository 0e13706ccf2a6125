import type { Pinning } from '../../models/bundle/pinning.js';
import type { Method } from '../../train/best-of/policy.js';
import type { Choice, ChoiceSummary } from '../../train/best-of/results.js';
import type { DecidedChoice, Undecided } from '../../train/best-of/use.js';
import type { EncoderOptions } from '../encoders.js';
import type { ReadSettings } from '../read-settings.js';
import type { PluginOptions, RunOptions } from '../run-options.js';

/** Options of `choose`. */
export interface ChooseOptions extends ReadSettings, Pinning, PluginOptions, EncoderOptions, RunOptions {
  /** Folder of a bundle that scores the answers; without one, only votes and tokens choose. */
  model?: string;
  /** The rule that grades all answers by their references; absent: the rule that made the labels, else the labels. */
  with?: string;
  /** At most this share of the accepted answers may be wrong, with this confidence. */
  targetError?: number;
  confidence?: number;
  /** Share of the questions that certify. The others fit and choose the method. */
  certifyShare?: number;
  /** Takes this method, and this number of answers, instead of what is best on the fit questions. */
  method?: Method;
  of?: number;
  /** Also uses questions that the bundle was trained on; its probabilities look too good there. */
  withSeen?: boolean;
  /** Draws of the bootstrap for intervals of log-loss and calibration error. */
  resamples?: number;
  seed?: number;
  /** File for the frozen method with its promise; `use` reads it. */
  save?: string;
  /** Such a file: nothing is compared, its method chooses and its promise decides. */
  use?: string;
  /** File for the chosen answers (JSON Lines, gzip by `.gz`; `-`: standard output); none if absent. */
  out?: string;
}

/** What `choose` gives. With `use`, `summary` is null and each choice has a decision. */
export interface ChooseResult {
  choices: Choice[] | (DecidedChoice | Undecided)[];
  summary: ChoiceSummary | null;
  /** Records with an answer. */
  answers: number;
  /** Lines that `badLines: 'skip'` skipped. */
  bad: number;
}

/** Defaults of `vouch choose`. */
export const chooseDefaults = {
  targetError: 0.05,
  confidence: 0.95,
  certifyShare: 0.5,
  resamples: 2000,
  seed: 1,
} as const;

import type { Plugin } from '../../support/plugins/plugin.js';
import type { Feature } from '../feature.js';
import type { Readable } from '../view.js';

/** A token as plug-ins read it: null where the number or the list was not recorded. */
export interface SignalToken {
  readonly token: string;
  readonly logprob: number | null;
  readonly top: { token: string; logprob: number | null }[] | null;
}

/** The fields of an answer that a signal may read. Labels and references are not among them. */
export type SignalRecord = Readonly<Omit<Readable, 'tokens'>> & { readonly tokens: readonly SignalToken[] | null };

/** What a plug-in's signal is computed from. */
export interface SignalView {
  readonly record: SignalRecord;
  /** The question as text; '' where not recorded. */
  readonly promptText: string;
}

/**
 * A signal of a plug-in: a `Feature` whose function may return null where the signal is missing. Its column in tables,
 * reports and bundles is called `plugin.NAME`; `plugin.GROUP.NAME` if it needs token log-probabilities or choices
 * (`logprobs`), `samples`, answers of other models (`others`), stated confidence and verifiers (`verifiers`), or what an
 * encoder recorded (`encoder`).
 */
export interface SignalPlugin extends Plugin, Omit<Feature, 'of' | 'numberAt' | 'twin'> {
  kind: 'signal';
  of(view: SignalView): number | null;
}

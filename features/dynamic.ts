import type { Need } from './feature.js';
import {
  entailmentSignals,
  type RecordedSignal,
  recordedSignal,
  similaritySignals,
} from './semantic/recorded-signals.js';
import { logit } from './twins.js';
import type { Readable, View } from './view.js';

/**
 * Signals whose names come from the data: `verifiers.NAME` and `features.NAME` are the recorded numbers (booleans are 0
 * and 1), and `agreeWith.MODEL` is the mean agreement with the first sentences of one other model's answers. Those
 * numbers of `verifiers` and `features` that stay in 0..1 have a twin `NAME.logit`. `similarities.NAME.KEY` and
 * `entailments.NAME.KEY` are computed from what a text model recorded (semantic/recorded-signals.ts). Their version is
 * 1. They are NaN where the record does not have them.
 */
export const dynamicFamilies = ['verifiers', 'features', 'agreeWith', 'similarities', 'entailments'] as const;
export type DynamicFamily = (typeof dynamicFamilies)[number];

/** What a row maker needs of a dynamic signal. */
interface DynamicSignal {
  needs: Need;
  of(view: View): number;
}

/** The dynamic signal of a name; undefined where the name belongs to no dynamic family. */
export function dynamicSignal(name: string): DynamicSignal | undefined {
  const dot = name.indexOf('.');
  const family = dynamicFamilies.find((known) => known === name.slice(0, dot));
  if (family === undefined) return undefined;
  const key = name.slice(dot + 1);
  if (family === 'agreeWith') return { needs: 'otherModels', of: (view) => agreementWith(view, key) };
  if (family === 'similarities' || family === 'entailments') {
    const found = recordedSignal(family, key);
    return found && { needs: family, of: (view) => found.signal.of(view, found.name) };
  }
  if (!key.endsWith('.logit')) return { needs: family, of: ({ record }) => numberIn(record[family], key) };
  const base = key.slice(0, -'.logit'.length);
  return {
    needs: family,
    of: ({ record }) => {
      const own = numberIn(record[family], key);
      return !Number.isNaN(own) ? own : logit(numberIn(record[family], base));
    },
  };
}

/** Calls back for every number among the verifiers and the user's features, and for every text among the features. */
export function eachNamed(
  { verifiers, features }: Pick<Readable, 'verifiers' | 'features'>,
  number: (family: DynamicFamily, key: string, value: number) => void,
  text: (key: string, value: string) => void,
): void {
  for (const key in verifiers) {
    const value = numberIn(verifiers, key);
    if (!Number.isNaN(value)) number('verifiers', key, value);
  }
  for (const key in features) {
    const raw = features[key];
    if (typeof raw === 'string') text(key, raw);
    else {
      const value = numberIn(features, key);
      if (!Number.isNaN(value)) number('features', key, value);
    }
  }
}

/** Calls back for each other model, with the mean agreement with the first sentences of its answers. */
export function eachAgreement(view: View, call: (model: string, value: number) => void): void {
  const { samples } = view.record;
  if (samples == null || samples.length === 0) return;
  const { others } = view;
  for (let j = 0; j < others.n; j++) {
    const model = others.samples[j].model as string;
    if (isFirstOf(model, view, j)) call(model, agreementWith(view, model));
  }
}

/** Calls back for every signal `similarities.NAME.KEY` and `entailments.NAME.KEY` that has a value. */
export function eachRelated(view: View, call: (family: DynamicFamily, key: string, value: number) => void): void {
  const { similarities, entailments } = view.record;
  if (similarities == null && entailments == null) return;
  eachRelatedName(view.record, (family, name, signal) => {
    const value = signal.of(view, name);
    if (!Number.isNaN(value)) call(family, `${name}.${signal.key}`, value);
  });
}

/** Calls back for every such signal of the names that the record has, whether or not it has a value. */
export function eachRelatedName(
  { similarities, entailments }: Pick<Readable, 'similarities' | 'entailments'>,
  call: (family: 'similarities' | 'entailments', name: string, signal: RecordedSignal) => void,
): void {
  for (const name in similarities) {
    if (similarities[name] != null) for (const signal of similaritySignals) call('similarities', name, signal);
  }
  for (const name in entailments) {
    if (entailments[name] != null) for (const signal of entailmentSignals) call('entailments', name, signal);
  }
}

/** Whether numbers of a family have logit twins where they stay in 0..1. */
export function hasTwins(family: DynamicFamily): boolean {
  return family === 'verifiers' || family === 'features';
}

/** Whether a dynamic column has a logit twin: all its numbers are in 0..1 and some are strictly between. */
export function hasLogitTwin(least: number, most: number, between: boolean): boolean {
  return least >= 0 && most <= 1 && between;
}

function isFirstOf(model: string, { others }: View, at: number): boolean {
  for (let j = 0; j < at; j++) if (others.samples[j].model === model) return false;
  return true;
}

function agreementWith({ others }: View, model: string): number {
  let total = 0;
  let count = 0;
  for (let j = 0; j < others.n; j++) {
    if (others.samples[j].model !== model) continue;
    total += others.agreeHead[j];
    count++;
  }
  return total / count;
}

/** Numbers are limited to ±this, because larger ones would become infinite as float32. */
export const MOST = 1e30;

function numberIn(values: Record<string, unknown> | null | undefined, key: string): number {
  const value = values?.[key];
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value !== 'number' || !Number.isFinite(value)) return NaN;
  return value > MOST ? MOST : Math.max(value, -MOST);
}

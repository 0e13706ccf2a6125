import { groupOfSignal } from '../../features/pattern.js';
import { embeddingInput } from '../../features/vectors/embeddings.js';
import type { Manifest } from './manifest.js';

/** The encoders that a bundle names. */
export type BundleEncoder = NonNullable<Manifest['encoders']>[number];

/** The parts of a manifest that say what a bundle reads. */
type Reading = Pick<Manifest, 'encoders' | 'signals' | 'thresholds'>;

/**
 * Those of the named encoders whose output changes a score: a predictor reads it, or a claim requires it. The others need
 * not run. Counted as read in any case: all of them if a plug-in's signal is read, because it may read every field; tuned
 * encoders, because a verifier is part of the pattern of an answer; and all of them if the pattern says whether an
 * encoder has run, unless a sentence encoder is read, which says it for every answer.
 */
export function encodersRead({ encoders = [], signals, thresholds }: Reading): BundleEncoder[] {
  const { numeric, embeddings = [] } = signals;
  const required = thresholds.flatMap((claim) => [
    ...claim.signals,
    ...(claim.signalsOf ?? []).flatMap((each) => each.signals),
  ]);
  const names = [...numeric, ...embeddings.map(({ name }) => embeddingInput(name)), ...required];
  if (names.some((name) => name.startsWith('plugin.'))) return encoders;
  const read = new Set(names.filter((name) => groupOfSignal(name) === 'encoder').map((name) => name.split(/[.@]/)[1]));
  const found = encoders.filter(({ name, pooling }) => pooling === 'tuned' || read.has(name));
  const isSaid = found.some(({ pooling }) => pooling !== 'tuned' && pooling !== 'nli');
  return read.size === 0 || isSaid ? found : encoders;
}

/** The encoders that bundles name, and those that run for them. */
export interface NamedEncoders {
  encoders?: readonly BundleEncoder[];
  /** Default: all of them. */
  read?: readonly BundleEncoder[];
  /** Whether entailment models that are not read still run, to say which answers are grounded. Default false. */
  grounds?: boolean;
}

/** Those of these bundles, each name once. */
export function namedBy(bundles: readonly Reading[], { grounds = false } = {}): NamedEncoders {
  return {
    grounds,
    encoders: firstOfEach(bundles.flatMap(({ encoders = [] }) => encoders)),
    read: firstOfEach(bundles.flatMap(encodersRead)),
  };
}

function firstOfEach(encoders: readonly BundleEncoder[]): BundleEncoder[] {
  return encoders.filter(({ name }, i) => encoders.findIndex((other) => other.name === name) === i);
}

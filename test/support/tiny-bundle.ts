import { features } from '../../features/list.js';
import type { Decisions, Manifest, Threshold } from '../../models/bundle/manifest.js';
import { FORMAT_VERSION } from '../../models/bundle/manifest.js';
import { writeBundle } from '../../models/bundle/write.js';
import type { Interval } from '../../models/calibrators/interval/interval.js';
import type { Encoder } from '../../models/encoder.js';
import { encodedWidth } from '../../models/encoder.js';
import { emitModel } from '../../models/model.js';
import { initMember } from '../../models/networks/network.js';
import type { Reached } from '../../support/folder/exchange.js';
import { random } from '../../support/random.js';
import { modelOf } from './model-of.js';

/** What a test may choose of a bundle; the rest is fixed. */
export interface TinyBundle {
  seed?: number;
  /** Names of signals without version. */
  numeric?: string[];
  hidden?: number[];
  members?: number;
  thresholds?: Partial<Threshold>[];
  decisions?: Decisions;
  naming?: Manifest['naming'];
  /** Further files, such as policy.json. */
  files?: Record<string, string>;
  interval?: Interval;
  /** Told of the steps of writing. */
  reached?: Reached;
}

const few = ['text.words', 'text.chars', 'text.hedges', 'tokens.count', 'tokens.meanLogprob', 'tokens.meanEntropy'];

/**
 * Certified for `free+logprobs` at 0.5; tried and not certified for `free+samples`; nothing is known about other
 * patterns.
 */
const some: Partial<Threshold>[] = [
  { pattern: 'free+logprobs', threshold: 0.5 },
  { pattern: 'free+samples', threshold: null, advice: 'more labels' },
];

/**
 * Writes a bundle with seeded random weights: a real graph behind real signals, untrained. For tests and benchmarks of
 * what surrounds a model, where its worth does not matter.
 */
export async function writeTinyBundle(dir: string, options: TinyBundle = {}): Promise<void> {
  const {
    seed = 1,
    numeric = few,
    hidden = [8],
    members = 2,
    thresholds = some,
    decisions,
    naming,
    interval,
    files = {},
  } = options;
  const versioned = numeric.map((name) => `${name}@${features.find((feature) => feature.name === name)?.version ?? 1}`);
  const schema = { topK: 5, numeric: versioned, categorical: [{ name: 'model', vocabulary: ['m1', 'm2'] }] };
  const encoder: Encoder = {
    centre: numeric.map((_, i) => i % 3),
    scale: numeric.map((_, i) => 1 / (1 + (i % 5))),
    indicators: numeric.map((_, i) => i).filter((i) => i % 2 === 1),
    vocabularies: [2],
  };
  const architecture = { inputs: encodedWidth(encoder), hidden, skip: true };
  const networks = [
    {
      architecture,
      members: Array.from({ length: members }, (_, m) => {
        const draw = random(`${seed}/${m}`);
        // Heads and straight paths start at 0, which would say the same of every answer.
        return initMember(architecture, 0.3, draw).map((part) => part.map((weight) => weight + 0.3 * draw.normal()));
      }),
    },
  ];
  const calibration = { name: 'platt', parameters: [1.2, -0.1] };
  const own = interval === undefined ? {} : { interval };
  const graph = emitModel(modelOf(schema, { encoder, networks, calibration, ...own }), '0.0.0');
  await writeBundle(
    dir,
    { 'model.onnx': graph, 'golden.json': '[]', ...files },
    {
      ...manifestOf(schema, calibration, thresholds, seed),
      ...(decisions === undefined ? {} : { decisions }),
      ...(naming == null ? {} : { naming }),
    },
    { reached: options.reached },
  );
}

/** A manifest around a graph, as a test needs one. */
export function manifestOf(
  signals: Manifest['signals'],
  calibrator: Manifest['calibrator'],
  thresholds: Partial<Threshold>[],
  seed: number,
): Omit<Manifest, 'files'> {
  const rest = { alpha: 0.05, delta: 0.05, n: 100, groups: 100, accepted: 50, acceptedGroups: 50, coverage: 0.5 };
  return {
    formatVersion: FORMAT_VERSION,
    vouch: '0.0.0',
    signals,
    model: { name: 'tiny' },
    calibrator,
    thresholds: thresholds.map((given, i) => ({
      ...rest,
      id: `claim-${i}`,
      signals: [],
      basis: 'natural',
      guarantee: 'finite-sample',
      error: 0.02,
      method: 'none',
      pattern: 'free',
      threshold: 0.5,
      ...given,
    })),
    data: { fingerprint: 'none' },
    options: {},
    seed,
    versions: {},
  };
}

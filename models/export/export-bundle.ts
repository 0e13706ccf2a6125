import type { AnswerRecord } from '../../data/record.js';
import type { Feature } from '../../features/feature.js';
import { pluginSignals, usedSignals } from '../../features/plugin/signals-of.js';
import { VouchError } from '../../support/errors.js';
import type { Plugins } from '../../support/plugins/plugin.js';
import type { GoldenRow } from '../bundle/golden.js';
import type { Manifest } from '../bundle/manifest.js';
import type { Bundle } from '../bundle/read.js';
import { emitRaw } from '../raw/emit.js';
import { planRaw, type RawPlan } from '../raw/plan.js';
import { readCompiled } from '../read.js';

/** Files of an export by their path inside it, with `/` between folders. */
export type ExportFiles = Record<string, string | Uint8Array>;

/** Options of a target: how the exported model is named and found. */
export interface ExportOptions {
  /** Name of the model in a repository: letters, digits, `-` and `_`. */
  name: string;
  /** Version of the model, from 1. */
  version: number;
  /** Where the cluster finds the repository: `pvc://…`, `s3://…`. */
  storageUri: string;
}

/** What the targets need of a bundle. */
export interface Exported {
  manifest: Manifest;
  /** SHA-256 of the bundle's manifest. */
  digest: string;
  featureGraph: Uint8Array;
  rawGraph: Uint8Array;
  plan: RawPlan;
  golden: (GoldenRow & { record: AnswerRecord })[];
  options: ExportOptions;
  /** The signals of plug-ins, which callers of the graphs must compute. */
  own: readonly Feature[];
}

/** Prepares a verified bundle for export. Error: BUNDLE_BAD if this version does not know the graph's layout. */
export function exportedOf(bundle: Bundle, options: ExportOptions, plugins: Plugins = []): Exported {
  const { manifest, files, digest, dir } = bundle;
  const featureGraph = files.get('model.onnx')!;
  const model = readCompiled(featureGraph, manifest.signals);
  if (model === null) {
    throw new VouchError(
      'BUNDLE_BAD',
      'another version wrote this model with parts that this version does not know, so it cannot be exported',
      {
        file: dir,
        hint: 'Train it again with this version.',
      },
    );
  }
  return {
    manifest,
    digest,
    featureGraph,
    rawGraph: emitRaw(model, manifest.vouch),
    plan: planRaw(manifest.signals),
    golden: JSON.parse(new TextDecoder().decode(files.get('golden.json'))),
    options,
    own: pluginSignals(usedSignals(plugins, manifest.signals.numeric)),
  };
}

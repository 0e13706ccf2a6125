import type { Adaptation } from '../adapt/adaptation.js';
import { adaptedBundle } from '../adapt/adapted-bundle.js';
import type { FoldChange } from '../adapt/nested/said-by-folds.js';
import type { Manifest } from '../models/bundle/manifest.js';
import type { BundleFiles } from '../models/bundle/write.js';
import type { CertifiedThreshold } from '../report/results.js';
import { VouchError } from '../support/errors.js';
import type { ScoredRows } from '../train/examine/score-rows.js';
import { type Matrix, matrixFor } from '../train/prepare/matrix.js';
import type { TrainingData } from '../train/prepare/training-data.js';
import { type ChangeMade, isMadeByAdapting } from './change.js';
import type { FreshParts } from './parts.js';
import type { Tried } from './try-changes.js';

/** A new version. */
export interface Made {
  change: ChangeMade;
  files: BundleFiles;
  manifest: Omit<Manifest, 'files'>;
  thresholds: CertifiedThreshold[];
  /** The answers as the new version reads them, as inputs of its graph, and the rows of the held-out ones. */
  data: TrainingData;
  matrix: Matrix;
  held: Int32Array;
  /** What fold predictors say about the held-out answers; null: the new version itself judges them. */
  said: ScoredRows | null;
}

/** `folds`: the same change, made without each fold. Null if nothing is changed. Only drawn labels certify. Error: TOO_FEW_LABELS if a predictor was not trained anew. */
export async function make(
  change: ChangeMade,
  {
    adaptation,
    fresh,
    tried,
    folds,
  }: { adaptation: Adaptation; fresh: FreshParts; tried: Tried; folds?: readonly FoldChange[] },
): Promise<Made | null> {
  const { parts, data, use } = fresh;
  if (isMadeByAdapting(change)) {
    const certifying = use === 'feedback' ? { ...parts, certify: new Int32Array(0) } : parts;
    const made = await adaptedBundle(adaptation, {
      change,
      parts: certifying,
      adapted: tried.models.get(change)!,
      folds,
    });
    const { nested, report } = made;
    return {
      ...{ change, ...made, thresholds: report.thresholds, data: adaptation.data, held: parts.certify },
      said: nested?.said ?? null,
    };
  }
  if (change === 'none') return null;
  if (tried.whole === null) {
    throw new VouchError('TOO_FEW_LABELS', 'a predictor is trained anew only if drawn labels can certify it', {
      ...{ field: 'change', expected: 'drawn labels', got: 'feedback' },
      hint: 'vouch monitor --queue draws answers to label.',
    });
  }
  const { trained, data: merged, rowOf } = tried.whole;
  const held = parts.certify.map((row) => rowOf.get(data.ids[row])!);
  const matrix = matrixFor(merged, (trained.manifest as Manifest).signals);
  return { change, ...trained, thresholds: trained.report.thresholds, data: merged, matrix, held, said: null };
}

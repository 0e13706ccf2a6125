import { fittedSlice } from '../../models/calibrators/interval/slice-index.js';
import { applySliceLines } from '../../models/calibrators/slice-lines.js';
import type { Logits } from '../../models/numbers.js';
import type { Predictor } from '../../models/predictor.js';
import { countOf } from '../../models/trees/trees.js';
import type { EmbeddingsGain } from '../../report/results.js';
import type { FittedModel } from '../choose/fit-model.js';
import type { FittedPredictor } from '../choose/fit-predictor.js';
import type { Matrix } from '../prepare/matrix.js';

/** What the manifest states about the model: about the main predictor, and about the predictor of each pattern. */
export function modelFacts({ main, fittedPatterns }: FittedModel) {
  return {
    ...predictorFacts(main),
    patterns: fittedPatterns.map(({ pattern, fitted }) => ({ pattern, ...predictorFacts(fitted) })),
  };
}

/** How the embedding channel changes logistic regression, and what it reads if it is used; null if there was none. */
export function embeddingsGain({ cross, embeddings }: FittedPredictor): EmbeddingsGain | null {
  if (cross.embeddings === null) return null;
  if (embeddings === null) return { ...cross.embeddings, names: [] };
  const { channel, penalty, width, probe } = embeddings;
  return { ...cross.embeddings, names: channel.shapes.map(({ name }) => name), penalty, width, probe };
}

function predictorFacts({ learners, cross, predictor, words, embeddings }: FittedPredictor) {
  const { name } = learners.find((candidate) => candidate.chosen)!;
  return {
    name,
    parts: cross.learners.get(name)!.parts,
    ...cross.ridge,
    networks: predictor.networks.map(({ architecture, members }) => ({
      hidden: architecture.hidden,
      inputs: architecture.inputs,
      members: members.length,
    })),
    trees: predictor.trees === null ? 0 : countOf(predictor.trees),
    text: words !== null,
    embeddings: embeddings && { penalty: embeddings.penalty, width: embeddings.width, probe: embeddings.probe },
    calibrator: predictor.calibration.name,
  };
}

/** The sorted names of the models or tasks in the fit rows; any other name was not seen in training. */
export function knownNames(names: string[], rows: Int32Array): string[] {
  return [...new Set(Array.from(rows, (row) => names[row]))].filter((name) => name !== '').sort();
}

/** Logits as the calibrator receives them: after the recalibration lines per slice, if the predictor has any. */
export function levelled(
  { sliceLines, sliceIndex }: Predictor,
  matrix: Matrix,
  rows: Int32Array,
  logits: Logits,
): Logits {
  if (sliceLines === null) return logits;
  const c = matrix.schema.categorical.length;
  return applySliceLines(
    sliceLines,
    logits,
    rows.map((row) => fittedSlice(sliceIndex, matrix.categories, row * c)),
  );
}

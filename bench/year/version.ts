import type { Manifest } from '../../models/bundle/manifest.js';
import type { Bundle } from '../../models/bundle/read.js';
import { REFERENCE_FILE, type Reference, referenceIn } from '../../models/bundle/reference.js';
import { type BundleFiles, hashesOf } from '../../models/bundle/write.js';
import type { ScoredAnswer } from '../../monitor/answer.js';
import { scorerOf } from '../../scorer/open.js';
import type { Score } from '../../scorer/scorer.js';
import { sha256 } from '../../support/digest.js';
import type { Random } from '../../support/random.js';
import type { TrainContext } from '../../train/context.js';
import { decisionsOf } from '../../train/examine/decisions.js';
import { type ScoredRows, scoreRows } from '../../train/examine/score-rows.js';
import { parseOptions, type TrainOptions } from '../../train/options.js';
import { matrixFor } from '../../train/prepare/matrix.js';
import { pickRows } from '../../train/prepare/pick-rows.js';
import { train } from '../../train/train.js';
import { script } from './script.js';
import type { Asked } from './traffic.js';
import type { World } from './world.js';

/** A bundle, and what it says about every answer of the world. */
export interface Version {
  bundle: Bundle;
  reference: Reference | null;
  probability: Float64Array;
  accepts: Uint8Array;
  /** What the monitor is given of an answer. */
  asScored(asked: Asked): ScoredAnswer;
  scoreOf(row: number): Score;
  isCertified: boolean;
}

/** A cheap recipe: logistic regression in place of trees and networks; all else as `vouch train` does it. */
export function recipe(): TrainOptions {
  return parseOptions({
    targetError: script.targetError,
    confidence: script.confidence,
    learners: ['rate', 'signal', 'logistic'],
    patternLearners: ['logistic'],
    patterns: [],
    words: { length: 0, buckets: 1 },
    resamples: 100,
    refit: 'never',
  });
}

/** The first version, trained on some questions with the answers of the first model; and the places of these. */
export async function firstVersion(
  world: World,
  { random, context }: { random: Random; context: TrainContext },
): Promise<{ version: Version; trained: Set<number>; rows: Int32Array }> {
  const { first } = world.questions;
  const places = [...random.shuffle(Int32Array.from(first.keys())).slice(0, script.training)];
  const rows = Int32Array.from(places.flatMap((place) => first[place]));
  const { files, manifest } = await train(pickRows(world.data, rows), recipe(), context);
  return { version: await versionOf(world, files, manifest), trained: new Set(places), rows };
}

/** Opens a bundle in memory, and scores all answers of the world at once. */
export async function versionOf(
  { data }: World,
  files: BundleFiles,
  unfinished: Omit<Manifest, 'files'>,
): Promise<Version> {
  const manifest = { ...unfinished, files: hashesOf(files) } as Manifest;
  const bytes = Object.entries(files).map(([name, content]) => [name, Buffer.from(content)] as const);
  const bundle: Bundle = { dir: '', manifest, digest: sha256(JSON.stringify(manifest)), files: new Map(bytes) };
  const { signals } = manifest;
  const matrix = matrixFor(data, signals);
  const all = Int32Array.from(data.y.keys());
  const scorer = await scorerOf(bundle.files.get('model.onnx')!, manifest);
  const scored: ScoredRows = await scoreRows(scorer, data, matrix, all);
  await scorer.close();
  const decided = decisionsOf(manifest, data, all, scored);
  const [d, c] = [signals.numeric.length, signals.categorical.length];
  return {
    bundle,
    reference: referenceIn(bundle.files.get(REFERENCE_FILE)),
    probability: scored.probability,
    accepts: Uint8Array.from(decided, ({ decision }) => (decision === 'accept' ? 1 : 0)),
    isCertified: manifest.thresholds.some(({ threshold }) => threshold !== null),
    asScored: ({ id, question, row, time, thumb }) => ({
      ...{ id, question, time, probability: scored.probability[row], claim: decided[row].claim },
      ...{ model: data.model[row] || null, task: data.task[row] || null },
      numbers: matrix.numeric.slice(row * d, (row + 1) * d),
      categories: signals.categorical.map(({ vocabulary }, k) => vocabulary[matrix.categories[row * c + k] - 1] ?? ''),
      label: thumb,
    }),
    scoreOf: (row) => ({
      ...decided[row],
      ...{ id: data.ids[row], bundle: null, probability: scored.probability[row], logit: scored.logit[row] },
      ...{ low: scored.low[row], high: scored.high[row], shift: Number.isNaN(scored.decided[row]) ? 2 : 0 },
    }),
  };
}

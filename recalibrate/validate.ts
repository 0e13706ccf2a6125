import type { Adaptation } from '../adapt/adaptation.js';
import { decidedAnswers } from '../adapt/report/decided.js';
import type { DecidedAnswers } from '../adapt/report/results.js';
import { reliability } from '../metrics/calibration/reliability.js';
import { reliabilityCurve } from '../metrics/calibration/reliability-curve.js';
import type { Manifest } from '../models/bundle/manifest.js';
import type { ComparedMeasure } from '../report/evaluation/results.js';
import { scorerOf } from '../scorer/open.js';
import type { Scorer } from '../scorer/scorer.js';
import { pick } from '../support/pick.js';
import type { Random } from '../support/random.js';
import { sideOf } from '../train/evaluate.js';
import { decisionsOf } from '../train/examine/decisions.js';
import { type ScoredRows, scoreRows } from '../train/examine/score-rows.js';
import { asRead } from '../train/prepare/as-read.js';
import type { Matrix } from '../train/prepare/matrix.js';
import type { TrainingData } from '../train/prepare/training-data.js';
import { comparedMeasures } from '../train/verdict/against.js';
import type { Made } from './make.js';
import type { FreshParts } from './parts.js';
import type { RecalibrationReport } from './report/results.js';

/** The new version and the one in service on the held-out answers; the same version twice if nothing is changed. */
export interface JudgedVersions {
  measures: ComparedMeasure[];
  decisions: { before: DecidedAnswers; after: DecidedAnswers };
  reliability: RecalibrationReport['reliability'];
}

interface Judging {
  adaptation: Adaptation;
  fresh: FreshParts;
  made: Made | null;
  random: Random;
}

/**
 * Compares on the held-out answers: all metrics, coverage, errors among accepted, paired by question. With folds, these
 * are all answers, each with the probability of its own fold's predictor; it is accepted if that probability reaches the
 * threshold that ships.
 */
export async function judgedBy({ adaptation, fresh, made, random }: Judging): Promise<JudgedVersions> {
  const { bundle, trained, data, matrix, options, context } = adaptation;
  const rows = fresh.parts.certify;
  const answers = {
    label: pick(data.y, rows),
    weight: pick(data.w, rows),
    group: rows.map((row) => data.group[row]),
    slice: rows.map((row) => data.slice[row]),
  };
  const before = await sideBy({ scorer: trained, manifest: bundle.manifest, data, matrix, rows });
  let after = before;
  if (made?.said != null) {
    after = sideFrom({ manifest: made.manifest as Manifest, data: made.data, rows: made.held }, made.said);
  } else if (made !== null) {
    const manifest = made.manifest as Manifest;
    const scorer = await scorerOf(made.files['model.onnx'] as Uint8Array, manifest, { plugins: context.plugins ?? [] });
    try {
      after = await sideBy({ scorer, manifest, data: made.data, matrix: made.matrix, rows: made.held });
    } finally {
      await scorer.close();
    }
  }
  const { resamples } = options;
  const drawn = ({ ours }: typeof before) => {
    const scored = { ...answers, probability: ours.probability };
    return { bins: reliability(scored), curve: reliabilityCurve(scored, random.fork('curve'), resamples) };
  };
  return {
    measures: comparedMeasures({
      answers,
      ours: after.ours,
      theirs: before.ours,
      resamples,
      random: random.fork('pairs'),
    }),
    decisions: { before: before.decided, after: after.decided },
    reliability: { before: drawn(before), after: drawn(after) },
  };
}

interface Side {
  scorer: Scorer;
  manifest: Manifest;
  data: TrainingData;
  matrix: Matrix;
  rows: Int32Array;
}

async function sideBy({ scorer, matrix, ...side }: Side) {
  const data = asRead(side.data, side.manifest.signals);
  return sideFrom(side, await scoreRows(scorer, data, matrix, side.rows));
}

function sideFrom({ manifest, data: given, rows }: Pick<Side, 'manifest' | 'data' | 'rows'>, scores: ScoredRows) {
  const data = asRead(given, manifest.signals);
  const decided = decisionsOf(manifest, data, rows, scores);
  return { ours: sideOf({ scores, decided }), decided: decidedAnswers(manifest, data, rows, scores) };
}

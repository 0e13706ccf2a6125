import type { Manifest } from '../models/bundle/manifest.js';
import { SEEN_FILE, seenFile, seenIn, seenQuestions } from '../models/bundle/seen.js';
import { type BundleFiles, hashesOf } from '../models/bundle/write.js';
import { cardHtml } from '../report/card/html.js';
import { scorerOf } from '../scorer/open.js';
import { VouchError } from '../support/errors.js';
import { goldenRows } from '../train/bundle/golden.js';
import { referenceFile } from '../train/bundle/reference.js';
import { flaggedShare } from '../train/examine/flagged-share.js';
import { surestMistakes } from '../train/examine/mistakes.js';
import { scoreRows } from '../train/examine/score-rows.js';
import type { FitAndCertify } from '../train/prepare/fit-and-certify.js';
import { type Matrix, matrixFor } from '../train/prepare/matrix.js';
import type { TrainingData } from '../train/prepare/training-data.js';
import { questionsOf } from '../train/prepare/without-seen.js';
import type { AdaptedModel } from './adapt-model.js';
import type { Adaptation } from './adaptation.js';
import { certifyAdapted } from './certify-adapted.js';
import type { Change } from './change.js';
import { adaptFacts } from './facts.js';
import { byFolds, heldOut } from './held-out.js';
import { changedGraph } from './nested/changed-graph.js';
import { type FoldChange, type Nested, nestedOf } from './nested/said-by-folds.js';
import { adaptationCard } from './report/card.js';
import { adaptedCardFacts } from './report/card-facts.js';
import { adaptationReport } from './report/data.js';
import { adaptationHtml } from './report/html.js';
import type { AdaptationReport } from './report/results.js';

export interface AdaptedBundle {
  files: BundleFiles;
  manifest: Omit<Manifest, 'files'>;
  report: AdaptationReport;
  /** The answers as the changed graph reads them. */
  matrix: Matrix;
  /** With folds: what their predictors say. */
  nested: Nested | null;
}

/**
 * A change, the answers that it was fitted to, and those that certify it. With `folds` (nested cross-fitting) these are
 * all answers, each judged by the change that was made without its fold.
 */
interface Changed {
  change: Change;
  parts: FitAndCertify;
  adapted: AdaptedModel;
  folds?: readonly FoldChange[];
}

/** The bundle of a changed model, certified again and measured. Error: TOO_FEW_LABELS if no predictor was changed. */
export async function adaptedBundle(adaptation: Adaptation, changed: Changed): Promise<AdaptedBundle> {
  const { bundle, data, matrix, trained, options, context, seed } = adaptation;
  const { change, parts, adapted, folds } = changed;
  const old = bundle.manifest;
  const { plugins = [] } = context;
  if (adapted.adapted.length === 0) {
    throw new VouchError('TOO_FEW_LABELS', 'no pattern of signals has enough labelled answers', {
      expected: `at least ${options.adaptLabels}`,
    });
  }
  const { graph, manifest } = changedGraph(adaptation, change, adapted);
  manifest.adapted = { from: bundle.digest, ...adaptFacts(data, parts, adapted, change) };
  const scorer = await scorerOf(graph, manifest, { plugins });
  const wide = matrixFor(data, manifest.signals);
  const nested = folds === undefined ? null : await nestedOf(adaptation, folds);
  const certified = await certifyAdapted({
    scorer,
    data,
    matrix: wide,
    parts,
    model: adapted,
    nested,
    given: options,
    random: seed.fork('certify'),
  });
  manifest.thresholds = certified.thresholds;
  const everyRow = all(data);
  const scored = {
    before: await scoreRows(trained, data, matrix, everyRow),
    after: await scoreRows(scorer, data, wide, everyRow),
  };
  manifest.adapted = { ...manifest.adapted!, flagged: flaggedShare(scored.after, data.w) };
  const judging = { before: scored.before, after: nested?.said ?? scored.after };
  const probabilities = { before: judging.before.probability, after: judging.after.probability };
  const held = nested === null ? heldOut(parts, adapted, probabilities) : byFolds(nested, probabilities);
  const final = await scorerOf(graph, manifest, { plugins });
  const golden = await goldenRows(final, seed.fork('golden'));
  const report = adaptationReport({
    data,
    parts,
    change,
    adapted,
    scored: judging,
    held,
    manifests: { before: old, after: manifest },
    mistakesOn: (rows, probability) => surestMistakes(scorer, data, wide, rows, probability),
    certified,
    from: bundle.digest,
    options,
    context,
    random: seed.fork('report'),
  });
  await Promise.all([scorer.close(), final.close()]);
  const files: BundleFiles = {
    'model.onnx': graph,
    'report.json': `${JSON.stringify(report, null, 1)}\n`,
    'report.html': adaptationHtml(report),
    'golden.json': `${JSON.stringify(golden)}\n`,
    ...referenceFile({ data, matrix: wide, rows: held.rows, probability: held.after, drawn: data.w }),
    ...seenFile([
      ...seenIn(bundle.files.get(SEEN_FILE)),
      ...(options.fingerprints ? [seenQuestions(questionsOf(data, parts.fit), data.fingerprint)] : []),
    ]),
  };
  files['card.html'] = cardHtml(adaptedCardFacts(report, manifest));
  files['card.md'] = adaptationCard(report, hashesOf(files));
  return { files, manifest, report, matrix: wide, nested };
}

function all({ n }: TrainingData): Int32Array {
  return Int32Array.from({ length: n }, (_, i) => i);
}

import { usedSignals } from '../features/plugin/signals-of.js';
import { pluginFacts } from '../models/bundle/check-plugins.js';
import type { Manifest } from '../models/bundle/manifest.js';
import type { Bundle } from '../models/bundle/read.js';
import { SEEN_FILE, seenFile, seenIn, seenQuestions } from '../models/bundle/seen.js';
import { type BundleFiles, hashesOf } from '../models/bundle/write.js';
import { emitCompiled } from '../models/model.js';
import { readCompiled } from '../models/read.js';
import { cardHtml } from '../report/card/html.js';
import { scorerOf } from '../scorer/open.js';
import { VouchError } from '../support/errors.js';
import { random } from '../support/random.js';
import { goldenRows } from '../train/bundle/golden.js';
import { statedOf } from '../train/bundle/manifest-of.js';
import { referenceFile } from '../train/bundle/reference.js';
import { surestMistakes } from '../train/examine/mistakes.js';
import { scoreRows } from '../train/examine/score-rows.js';
import type { TrainOptions } from '../train/options.js';
import { asRead } from '../train/prepare/as-read.js';
import { checkData } from '../train/prepare/gate.js';
import { matrixFor } from '../train/prepare/matrix.js';
import { checkSlices } from '../train/prepare/slices.js';
import type { TrainingData } from '../train/prepare/training-data.js';
import { withSignals } from '../train/prepare/with-signals.js';
import { questionsOf } from '../train/prepare/without-seen.js';
import { adaptModel } from './adapt-model.js';
import { certifyAdapted } from './certify-adapted.js';
import type { AdaptContext } from './context.js';
import { adaptFacts } from './facts.js';
import { heldOut } from './held-out.js';
import { chooseParts } from './parts.js';
import { adaptationCard } from './report/card.js';
import { adaptedCardFacts } from './report/card-facts.js';
import { adaptationReport } from './report/data.js';
import { adaptationHtml } from './report/html.js';
import type { AdaptationReport } from './report/results.js';

export interface AdaptedBundle {
  files: BundleFiles;
  manifest: Omit<Manifest, 'files'>;
  report: AdaptationReport;
}

/**
 * Adapts a trained bundle to labelled answers of a new task or model. It corrects the level and slope of the
 * predictors, and their weights as far as cross-validation shows that there are enough labels. If there are enough
 * questions to certify anything, a part of them is kept out of the adaptation and certifies new thresholds. Otherwise
 * all answers adapt, and the bundle gives no decision. The promises of the old bundle are about other answers, so they
 * are dropped. Errors: the codes of `checkData`; BUNDLE_BAD if the layout of the graph is unknown.
 */
export async function adaptBundle(
  bundle: Bundle,
  collected: TrainingData,
  options: TrainOptions,
  context: AdaptContext,
): Promise<AdaptedBundle> {
  const old = bundle.manifest;
  const found = withSignals(collected, options.signals);
  const data = asRead(found, { ...old.signals, numeric: [...old.signals.numeric, ...found.signals.names] });
  checkData(data, { ...options, minLabels: options.adaptLabels, minGroups: options.adaptGroups });
  checkSlices(data, options.sliceBy);
  const { plugins = [], madeBy = [] } = context;
  const graph = bundle.files.get('model.onnx')!;
  const model = readCompiled(graph, old.signals);
  if (model === null) {
    throw new VouchError(
      'BUNDLE_BAD',
      'another version wrote this model with parts that this version does not know, so it cannot be adapted',
      {
        file: bundle.dir,
        hint: 'Train it again with this version.',
      },
    );
  }
  const seed = random(options.seed);
  const trained = await scorerOf(graph, old, { plugins });
  const matrix = matrixFor(data, old.signals);
  const adaptTo = (rows: Int32Array) =>
    adaptModel({ scorer: trained, model, data, matrix, rows, options, random: seed.fork('adapt') });
  const { parts, adapted } = await chooseParts(data, options, seed.fork('parts'), adaptTo);
  if (adapted.adapted.length === 0) {
    throw new VouchError('TOO_FEW_LABELS', 'no pattern of signals has enough labelled answers', {
      expected: `at least ${options.adaptLabels}`,
    });
  }

  const changed = emitCompiled(adapted.model, context.versions.vouch);
  const { calibration } = adapted.adapted[0].calibration;
  const manifest: Manifest = {
    ...old,
    ...statedOf({ data, rows: all(data), options, context }),
    signals: adapted.model.schema,
    model: { ...old.model, calibrator: calibration.name },
    calibrator: calibration,
    ...pluginFacts([...(old.plugins ?? []), ...madeBy, ...usedSignals(plugins, adapted.model.schema.numeric)]),
    adapted: { from: bundle.digest, ...adaptFacts(data, parts, adapted) },
  };
  const scorer = await scorerOf(changed, manifest, { plugins });
  const wide = matrixFor(data, manifest.signals);
  const certified = await certifyAdapted({
    scorer,
    data,
    matrix: wide,
    parts,
    model: adapted,
    given: options,
    random: seed.fork('certify'),
  });
  manifest.thresholds = certified.thresholds;
  const everyRow = all(data);
  const scored = {
    before: await scoreRows(trained, data, matrix, everyRow),
    after: await scoreRows(scorer, data, wide, everyRow),
  };
  const probabilities = { before: scored.before.probability, after: scored.after.probability };
  const held = heldOut(parts, adapted, probabilities);
  const final = await scorerOf(changed, manifest, { plugins });
  const golden = await goldenRows(final, seed.fork('golden'));
  const report = adaptationReport({
    data,
    parts,
    adapted,
    scored,
    held,
    manifests: { before: old, after: manifest },
    mistakesOn: (rows, probability) => surestMistakes(scorer, data, wide, rows, probability),
    certified,
    from: bundle.digest,
    options,
    context,
    random: seed.fork('report'),
  });
  await Promise.all([trained.close(), scorer.close(), final.close()]);
  const files: BundleFiles = {
    'model.onnx': changed,
    'report.json': `${JSON.stringify(report, null, 1)}\n`,
    'report.html': adaptationHtml(report),
    'golden.json': `${JSON.stringify(golden)}\n`,
    ...referenceFile({ data, matrix: wide, rows: held.rows, probability: held.after }),
    ...seenFile([
      ...seenIn(bundle.files.get(SEEN_FILE)),
      ...(options.fingerprints ? [seenQuestions(questionsOf(data, parts.fit), data.fingerprint)] : []),
    ]),
  };
  files['card.html'] = cardHtml(adaptedCardFacts(report, manifest));
  files['card.md'] = adaptationCard(report, hashesOf(files));
  return { files, manifest, report };
}

function all({ n }: TrainingData): Int32Array {
  return Int32Array.from({ length: n }, (_, i) => i);
}

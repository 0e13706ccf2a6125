import type { BundleFiles } from '../models/bundle/write.js';
import { FORMAT_VERSION, type Manifest } from '../models/bundle/manifest.js';
import { fitEncoder } from '../models/encoder.js';
import { emitModel } from '../models/model.js';
import type { Tf } from '../models/networks/network.js';
import { scorerOf } from '../scorer/open.js';
import { type Progress, progress } from '../support/progress.js';
import { random } from '../support/random.js';
import { fitBaselines, rawConfidence } from './baselines.js';
import { chooseCalibration } from './calibrate.js';
import { certifyPatterns } from './certify-patterns.js';
import { crossFit } from './crossfit.js';
import type { TrainingData } from './data.js';
import { examine } from './examine.js';
import { checkData } from './gate.js';
import { goldenRows } from './golden.js';
import { fitNetwork, kindsOf } from './learner.js';
import { matrixOf } from './matrix.js';
import type { TrainOptions } from './options.js';
import { partsOf } from './parts.js';
import { reportCard } from './report/card.js';
import type { ReportData } from './report/data.js';
import { reportHtml } from './report/html.js';
import { selectLearner } from './select.js';
import { dataWarnings } from './warnings.js';

/** What surrounds a run: the compute backend, what was read, and the facts that only the caller may look up (clock, versions). */
export interface TrainContext {
  tf: Tf;
  backend: { name: string; said: string };
  files: string[];
  read: number;
  bad: number;
  warnings: string[];
  created: string;
  versions: Record<string, string>;
  quiet: boolean;
}

export interface Trained {
  files: BundleFiles;
  manifest: Omit<Manifest, 'files'>;
  report: ReportData;
  /** Row numbers of the certify part. */
  certify: Int32Array;
}

/**
 * The whole way from labelled answers to a bundle, in the order of the data budget: split by question; on the fit part
 * cross-fit the candidates, choose learner, calibrator and threshold candidates from out-of-fold logits alone; refit on all
 * of fit; then look once at the certify part, through the scorer that ships. Errors: the codes of `checkData`, NO_SIGNALS.
 */
export async function train(data: TrainingData, options: TrainOptions, context: TrainContext): Promise<Trained> {
  checkData(data, options);
  const { tf } = context;
  const clock = stopwatch();
  const seed = random(options.seed);
  const parts = partsOf(data, options, seed.fork('parts'));
  const matrix = matrixOf(data, parts.fit);

  const steps = (options.folds + 1) * new Set(options.learners.flatMap(kindsOf)).size * options.members;
  const shown = progress('train', { total: steps, unit: 'networks', quiet: context.quiet });
  const cross = crossFit(tf, data, matrix, parts.fit, options, seed.fork('cross'), shown);
  clock.lap('cross-fitting');

  const learners = selectLearner(data, parts.fit, cross.logits);
  const chosen = learners.find((candidate) => candidate.chosen)!.name;
  const outOfFold = cross.logits.get(chosen)!;
  const calibration = chooseCalibration(data, parts.fit, cross.fold, outOfFold);
  const baselines = fitBaselines(data, matrix, parts.fit, cross.fold);
  clock.lap('selection, calibration, baselines');

  const encoder = fitEncoder(matrix.numeric, parts.fit, matrix.schema);
  const networks = kindsOf(chosen).map((kind) => {
    const { network } = fitNetwork(tf, kind, data, matrix, encoder, parts.fit, options, seed.fork(`final ${kind}`));
    shown.add(options.members);
    return network;
  });
  shown.done();
  const graph = emitModel(
    { schema: matrix.schema, encoder, networks, calibration: calibration.calibration },
    context.versions.vouch,
  );
  clock.lap('refit and export');

  const manifest: Omit<Manifest, 'files'> = {
    formatVersion: FORMAT_VERSION,
    vouch: context.versions.vouch,
    created: context.created,
    signals: matrix.schema,
    model: { name: chosen, networks: networks.map(({ architecture, members }) => ({ ...architecture, members: members.length })) },
    calibrator: calibration.calibration,
    thresholds: [],
    data: { fingerprint: data.fingerprint, answers: data.n, groups: data.groupCount },
    options,
    seed: options.seed,
    versions: context.versions,
  };
  const scorer = await scorerOf(graph, { ...manifest, files: {} });
  const certified = await certifyPatterns(data, matrix, parts, outOfFold, calibration.calibration, scorer, options, seed.fork('certify'));
  manifest.thresholds = certified.thresholds;
  clock.lap('certification');

  const examined = examine(data, matrix, parts, certified.probability, certified.logit, baselines, rawConfidence(data, parts.fit), options, seed.fork('examine'));
  const worth = await signalWorth(data, matrix, parts, scorer, seed.fork('worth'));
  const shipped = await scorerOf(graph, { ...manifest, files: {} });
  const golden = await goldenRows(shipped, seed.fork('golden'));
  await Promise.all([scorer.close(), shipped.close()]);
  clock.lap('report');
  return { files: {}, manifest, report: null as never, certify: parts.certify };
}

import { FORMAT_VERSION, type Manifest } from '../models/bundle/manifest.js';
import type { BundleFiles } from '../models/bundle/write.js';
import { calibrate } from '../models/calibrators/list.js';
import { cutsOf } from '../models/costs.js';
import { encodedWidth, fitEncoder } from '../models/encoder.js';
import { emitModel } from '../models/model.js';
import type { Network, Tf } from '../models/networks/network.js';
import { scorerOf } from '../scorer/open.js';
import { progress } from '../support/progress.js';
import { random } from '../support/random.js';
import { stopwatch } from '../support/stopwatch.js';
import { fitBaselines, rawConfidence } from './baselines.js';
import { type ChosenCalibration, chooseCalibration } from './calibrate.js';
import { certifyPatterns } from './certify-patterns.js';
import { costReport } from './costs.js';
import { crossFit } from './crossfit.js';
import type { TrainingData } from './data.js';
import { examine } from './examine.js';
import { dataFacts, partFacts } from './facts.js';
import { checkData } from './gate.js';
import { goldenRows } from './golden.js';
import { fitMlp, fitPath, kindsOf, networkOf, rowsOf } from './learner.js';
import { matrixOf } from './matrix.js';
import type { TrainOptions } from './options.js';
import { partsOf } from './parts.js';
import { reportCard } from './report/card.js';
import type { ReportData } from './report/data.js';
import { reportHtml } from './report/html.js';
import { type Candidate, selectLearner } from './select.js';
import { checkSlices } from './slices.js';
import { leakNotes, suspectNotes } from './suspect/notes.js';
import { suspectsOf } from './suspect/suspects.js';
import { inputsOf, signalWorth } from './worth.js';

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
  checkSlices(data, options.sliceBy);
  const { tf } = context;
  const clock = stopwatch();
  const seed = random(options.seed);
  const parts = partsOf(data, options, seed.fork('parts'));
  const matrix = matrixOf(data, parts.fit);

  const withMlp = options.learners.some((learner) => kindsOf(learner).includes('mlp'));
  const steps = options.folds * (1 + (withMlp ? options.members : 0)) + 1;
  const shown = progress('train', { total: steps, unit: 'fits', quiet: context.quiet });
  const cross = await crossFit(tf, data, matrix, parts.fit, options, seed.fork('cross'), shown);
  clock.lap('cross-fitting');

  const learners = selectLearner(data, parts.fit, cross.logits);
  const learner = learners.find((candidate) => candidate.chosen)!.name;
  const outOfFold = cross.logits.get(learner)!;
  const calibration = chooseCalibration(data, parts.fit, cross.fold, outOfFold);
  const baselines = fitBaselines(data, matrix, parts.fit, cross.fold);
  clock.lap('selection, calibration, baselines');

  const encoder = fitEncoder(matrix.numeric, parts.fit, matrix.schema);
  const path = options.penalties.slice(0, options.penalties.indexOf(cross.penalty) + 1);
  const fitRows = rowsOf(data, matrix, encoder, parts.fit);
  const linear = (await fitPath(tf, encodedWidth(encoder), fitRows, path)).at(-1)!;
  const networks: Network[] = [];
  for (const kind of kindsOf(learner)) {
    if (kind === 'logistic') networks.push(networkOf(linear));
    else {
      const own = seed.fork('mlp');
      networks.push(await fitMlp(tf, data, matrix, encoder, parts.fit, linear, cross.penalty, options, own));
    }
  }
  shown.done();
  const { vouch } = context.versions;
  const graph = emitModel({ schema: matrix.schema, encoder, networks, calibration: calibration.calibration }, vouch);
  clock.lap('refit and export');

  const manifest: Manifest = {
    formatVersion: FORMAT_VERSION,
    vouch,
    created: context.created,
    signals: matrix.schema,
    model: { name: learner, penalty: cross.penalty, networks: networks.map(sizes) },
    calibrator: calibration.calibration,
    thresholds: [],
    decisions: {
      by: options.certifyBy,
      sliceBy: options.sliceBy,
      ...(options.costs === undefined ? {} : { costs: options.costs, cuts: cutsOf(options.costs) }),
    },
    data: { fingerprint: data.fingerprint, answers: data.n, groups: data.groupCount },
    options,
    seed: options.seed,
    versions: context.versions,
    files: {},
  };
  const scorer = await scorerOf(graph, manifest);
  const { features, categories } = inputsOf(matrix, parts.certify);
  const scored = await scorer.scoreFeatures(features, categories);
  const probability = Float64Array.from(scored.probability);
  const certified = certifyPatterns(
    data,
    parts,
    outOfFold,
    calibration.calibration,
    probability,
    options,
    seed.fork('certify'),
  );
  manifest.thresholds = certified.thresholds;
  clock.lap('certification');

  const examined = examine(
    data,
    parts.certify,
    Float64Array.from(scored.logit),
    probability,
    calibration.calibration,
    baselines,
    rawConfidence(data, parts.fit),
    options.resamples,
    seed.fork('examine'),
  );
  const suspects = suspectsOf(data, parts, calibrate(calibration.calibration, outOfFold), probability);
  const costs = costReport(manifest, data, parts.certify, probability, options.resamples, seed.fork('costs'));
  const signals = await signalWorth(data, matrix, parts, scorer, seed.fork('worth'));
  const shipped = await scorerOf(graph, manifest);
  const golden = await goldenRows(shipped, seed.fork('golden'));
  await Promise.all([scorer.close(), shipped.close()]);
  clock.lap('measuring');

  const report: ReportData = {
    title: 'vouch report',
    created: context.created,
    versions: context.versions,
    backend: context.backend,
    seed: options.seed,
    options,
    data: dataFacts(data, matrix.schema, {
      ...context,
      warnings: [...leakNotes(suspects.leaks), ...context.warnings, ...suspectNotes(suspects)],
    }),
    parts: partFacts(data, parts),
    selection: { learners, calibrators: calibration.candidates, why: whyChosen(learners, calibration) },
    ...examined,
    signals,
    thresholds: certified.thresholds,
    sliceClaims: certified.sliceClaims,
    ...(costs === null ? {} : { costs }),
    alphaCoverage: certified.alphaCoverage,
    suspects,
    timings: clock.seconds,
  };
  const files: BundleFiles = {
    'model.onnx': graph,
    'report.json': `${JSON.stringify(report, null, 1)}\n`,
    'report.html': reportHtml(report),
    'card.md': reportCard(report),
    'golden.json': `${JSON.stringify(golden)}\n`,
  };
  return { files, manifest, report, certify: parts.certify };
}

function sizes({ architecture, members }: Network) {
  return { hidden: architecture.hidden, inputs: architecture.inputs, members: members.length };
}

function whyChosen(learners: Candidate[], { candidates }: ChosenCalibration): string {
  const say = (list: { name: string; logLoss: number; difference: number; chosen: boolean }[]) => {
    const best = list.reduce((a, b) => (b.logLoss < a.logLoss ? b : a));
    const chosen = list.find((candidate) => candidate.chosen)!;
    return chosen.name === best.name
      ? `${chosen.name} has the least out-of-fold log-loss`
      : `${chosen.name} is simpler than ${best.name} and within one paired standard error of it (${chosen.difference.toFixed(4)} nats behind)`;
  };
  return `Learner: ${say(learners)}. Calibrator: ${say(candidates)}.`;
}

import { isNaming, type Naming } from '../data/naming.js';
import { FORMAT_VERSION, type Manifest } from '../models/bundle/manifest.js';
import { seenFile, seenQuestions } from '../models/bundle/seen.js';
import type { BundleFiles } from '../models/bundle/write.js';
import { calibrate } from '../models/calibrators/list.js';
import { cutsOf } from '../models/costs.js';
import { emitModel } from '../models/model.js';
import type { Probabilities } from '../models/numbers.js';
import { scorerOf } from '../scorer/open.js';
import { progress } from '../support/progress.js';
import { random } from '../support/random.js';
import { stopwatch } from '../support/stopwatch.js';
import { bandPoints } from './band.js';
import { fitBaselines, rawConfidence } from './baselines.js';
import type { ChosenCalibration } from './calibrate.js';
import { type CertifiedPatterns, certifyPatterns } from './certify-patterns.js';
import { costReport } from './costs.js';
import type { TrainingData } from './data.js';
import { acceptUnseenOf, coveredOnly, leftOutAccepted } from './decisions.js';
import { examine, pick } from './examine.js';
import { examinePatterns } from './examine-patterns.js';
import { dataFacts, partFacts } from './facts.js';
import type { Pool } from './fit/pool.js';
import { fitModel } from './fit-model.js';
import { checkData } from './gate.js';
import { goldenRows } from './golden.js';
import { matrixOf } from './matrix.js';
import { surestMistakes } from './mistakes.js';
import { knownNames, levelled, modelFacts } from './model-facts.js';
import type { TrainOptions } from './options.js';
import { partsOf } from './parts.js';
import { steadyFields } from './relied.js';
import { reportCard } from './report/card.js';
import type { ReportData } from './report/data.js';
import { reportHtml } from './report/html.js';
import { certifyExperts, claimsOf, scoreRows } from './score-rows.js';
import type { Candidate } from './select.js';
import { simpleNotes } from './simple-notes.js';
import { checkSlices } from './slices.js';
import { leaks } from './suspect/leaks.js';
import { leakNotes, suspectNotes } from './suspect/notes.js';
import { suspectsOf } from './suspect/suspects.js';
import { whatIfUnseen } from './unseen.js';
import { withSignals } from './with-signals.js';
import { shippable } from './withheld.js';
import { questionsOf } from './without-seen.js';
import { signalWorth } from './worth.js';

/** What surrounds a run: the compute backend, what was read, and the facts that only the caller may look up (clock, versions). */
export interface TrainContext {
  pool: Pool;
  backend: { name: string; said: string };
  files: string[];
  read: number;
  bad: number;
  warnings: string[];
  created: string;
  versions: Record<string, string>;
  /** How models and tasks were called while reading. */
  naming?: Naming;
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
export async function train(collected: TrainingData, options: TrainOptions, context: TrainContext): Promise<Trained> {
  const data = withSignals(collected, options.signals);
  checkData(data, options);
  checkSlices(data, options.sliceBy);
  const { pool, versions } = context;
  const clock = stopwatch();
  const seed = random(options.seed);
  const parts = partsOf(data, options, seed.fork('parts'));
  const matrix = matrixOf(data, parts.fit);

  const shown = progress('train', { unit: 'fits', quiet: context.quiet });
  const fitted = await fitModel(pool, data, matrix, parts.fit, options, seed.fork('fit'), shown);
  const { main, experts, model, sheet, fold } = fitted;
  const { learners, calibration } = main;
  clock.lap('fitting');
  const unseen = await whatIfUnseen(pool, data, sheet, parts.fit, fold, main, options, seed.fork('unseen'));
  shown.done();
  clock.lap('leave-out, learning curve, drop-one');
  const baselines = fitBaselines(data, matrix, parts.fit, fold);
  clock.lap('baselines');
  const { vouch } = versions;
  const graph = emitModel(model, vouch);

  const manifest: Manifest = {
    formatVersion: FORMAT_VERSION,
    vouch,
    created: context.created,
    signals: model.schema,
    model: modelFacts(fitted),
    calibrator: calibration.calibration,
    thresholds: [],
    decisions: {
      by: options.certifyBy,
      sliceBy: options.sliceBy,
      ...(options.costs === undefined ? {} : { costs: options.costs, cuts: cutsOf(options.costs) }),
      ...acceptUnseenOf(options),
    },
    data: {
      fingerprint: data.fingerprint,
      answers: data.n,
      groups: data.groupCount,
      ...(data.grouping === undefined ? {} : { grouping: data.grouping }),
      fields: steadyFields(data, parts.fit),
      tasks: knownNames(data.task, parts.fit),
      models: knownNames(data.model, parts.fit),
    },
    ...(context.naming !== undefined && isNaming(context.naming) ? { naming: { ...context.naming } } : {}),
    options,
    seed: options.seed,
    versions: context.versions,
    files: {},
  };
  const scorer = await scorerOf(graph, manifest);
  const shipped = { ...matrix, schema: model.schema };
  const scored = await scoreRows(scorer, data, shipped, parts.certify);
  const claims = claimsOf(data, parts, experts, options);
  const own = seed.fork('certify');
  const covered = (rows: Int32Array, p: Probabilities) => coveredOnly(manifest, data, rows, p);
  const decidable = { fit: covered(parts.fit, main.decided), certify: covered(parts.certify, scored.decided) };
  const leaked = leaks(data, parts.fit);
  const shipping = <C extends CertifiedPatterns>(claims: C) => shippable(claims, leaked, options.allowLeak);
  const certified = shipping(certifyPatterns(data, parts, decidable.fit, decidable.certify, claims, options, own));
  const hidden = await certifyExperts(scorer, data, shipped, parts, experts, claims, options, own, covered);
  manifest.thresholds = [...certified.thresholds, ...hidden.flatMap(({ certified: own }) => shipping(own).thresholds)];
  clock.lap('certification');

  const examined = examine(
    data,
    parts.certify,
    levelled(main.predictor, matrix, parts.certify, scored.logit),
    scored.probability,
    calibration.calibration,
    baselines,
    rawConfidence(data, parts.fit),
    options.resamples,
    seed.fork('examine'),
  );
  const band = bandPoints(scored, pick(data.y, parts.certify), pick(data.w, parts.certify));
  const suspects = suspectsOf(
    data,
    parts,
    calibrate(calibration.calibration, main.outOfFold),
    scored.probability,
    leaked,
  );
  const costs = costReport(manifest, data, parts.certify, scored, options.resamples, seed.fork('costs'));
  const alone = await scorerOf(emitModel({ ...model, experts: [] }, vouch), manifest);
  const signals = await signalWorth(data, shipped, parts, alone, unseen.dropped, seed.fork('worth'));
  const mistakes = surestMistakes(scorer, data, shipped, parts.certify, scored.probability);
  const patterns = examinePatterns(manifest, data, parts.certify, main, scored, hidden, options, seed.fork('patterns'));
  const final = await scorerOf(graph, manifest);
  const golden = await goldenRows(final, seed.fork('golden'));
  await Promise.all([scorer.close(), alone.close(), final.close()]);
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
      warnings: [...leakNotes(suspects.leaks), ...simpleNotes(main), ...context.warnings, ...suspectNotes(suspects)],
    }),
    parts: partFacts(data, parts),
    selection: {
      learners,
      calibrators: calibration.candidates,
      slices: main.sliced.candidates,
      text: main.cross.text,
      lost: main.cross.lost,
      why: whyChosen(learners, calibration),
    },
    ...examined,
    test: { ...examined.test, band },
    signals,
    thresholds: certified.thresholds,
    sliceClaims: certified.sliceClaims,
    ...(costs === null ? {} : { costs }),
    alphaCoverage: certified.alphaCoverage,
    patterns,
    leftOut: leftOutAccepted(manifest, data, unseen.leftOut),
    learningCurve: unseen.curve,
    suspects,
    mistakes,
    timings: clock.seconds,
  };
  const files: BundleFiles = {
    'model.onnx': graph,
    'report.json': `${JSON.stringify(report, null, 1)}\n`,
    'report.html': reportHtml(report),
    'card.md': reportCard(report),
    'golden.json': `${JSON.stringify(golden)}\n`,
    ...seenFile(options.fingerprints ? [seenQuestions(questionsOf(data, parts.fit), data.fingerprint)] : []),
  };
  return { files, manifest, report, certify: parts.certify };
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

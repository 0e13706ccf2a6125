import type { Naming } from '../data/naming.js';
import type { Manifest } from '../models/bundle/manifest.js';
import { seenFile, seenQuestions } from '../models/bundle/seen.js';
import type { BundleFiles } from '../models/bundle/write.js';
import { calibrate } from '../models/calibrators/list.js';
import { emitModel } from '../models/model.js';
import { scorerOf } from '../scorer/open.js';
import { progress } from '../support/progress.js';
import { random } from '../support/random.js';
import { stopwatch } from '../support/stopwatch.js';
import { bandPoints } from './band.js';
import { rawConfidence } from './baselines.js';
import { certifiesCrossed } from './certify-how.js';
import type { CertifiedPatterns } from './certify-patterns.js';
import { costReport } from './costs.js';
import type { TrainingData } from './data.js';
import { leftOutAccepted } from './decisions.js';
import { examine, pick } from './examine.js';
import { examinePatterns } from './examine-patterns.js';
import { dataFacts, judgedFacts, partFacts, sampledFacts } from './facts.js';
import type { Pool } from './fit/pool.js';
import { fitModel } from './fit-model.js';
import { checkData } from './gate.js';
import { goldenRows } from './golden.js';
import { judge } from './judged.js';
import { manifestOf } from './manifest-of.js';
import { matrixOf } from './matrix.js';
import { surestMistakes } from './mistakes.js';
import type { TrainOptions } from './options.js';
import { partsOf, undivided } from './parts.js';
import { questionSample } from './question-sample.js';
import { refitted, wantsRefit, withoutClaim } from './refit.js';
import { reportCard } from './report/card.js';
import type { ReportData } from './report/data.js';
import { reportHtml } from './report/html.js';
import { simpleNotes } from './simple-notes.js';
import { checkSlices } from './slices.js';
import { isSmall } from './small.js';
import { leaks } from './suspect/leaks.js';
import { leakNotes, suspectNotes } from './suspect/notes.js';
import { suspectsOf } from './suspect/suspects.js';
import { whatIfUnseen } from './unseen.js';
import { whyLearner, whySimplest } from './why-chosen.js';
import { withSignals } from './with-signals.js';
import { shippable } from './withheld.js';
import { questionsOf } from './without-seen.js';
import { ALONE_ROWS, signalWorth } from './worth.js';

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
  /** Row numbers of the certify part; none where all answers train. */
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
  const isCrossed = certifiesCrossed(data, options);
  const parts = isCrossed ? undivided(data) : partsOf(data, options, seed.fork('parts'));
  const matrix = matrixOf(data, parts.fit);

  const shown = progress('train', { unit: 'fits', quiet: context.quiet });
  const fitted = await fitModel(pool, data, matrix, parts.fit, options, seed.fork('fit'), shown, isCrossed);
  const { main, model, sheet, fold } = fitted;
  const { learners, calibration } = main;
  clock.lap('fitting');
  const unseen = await whatIfUnseen(pool, data, sheet, parts.fit, fold, main, options, seed.fork('unseen'));
  shown.done();
  clock.lap('leave-out, learning curve, drop-one');
  const { vouch } = versions;
  const graph = emitModel(model, vouch);

  const manifest = manifestOf(fitted, { data, rows: parts.fit, options, context });
  const scorer = await scorerOf(graph, manifest);
  const shipped = { ...matrix, schema: model.schema };
  const own = seed.fork('certify');
  const judged = await judge({ scorer, manifest, data, matrix, shipped, parts, fitted, options, random: own });
  const { scored, hidden } = judged;
  const leaked = leaks(data, parts.fit);
  const shipping = <C extends CertifiedPatterns>(claims: C) => shippable(claims, leaked, options.allowLeak);
  const certified = shipping(judged.certified);
  manifest.thresholds = [...certified.thresholds, ...hidden.flatMap(({ certified: own }) => shipping(own).thresholds)];
  clock.lap('certification');

  const examined = examine({
    data,
    rows: judged.rows,
    probability: scored.probability,
    atTemperature: judged.atTemperature,
    baselines: judged.baselines(),
    raw: rawConfidence(data, parts.fit),
    resamples: options.resamples,
    random: seed.fork('examine'),
  });
  const band = bandPoints(scored, pick(data.y, judged.rows), pick(data.w, judged.rows));
  const suspects = suspectsOf(
    data,
    parts,
    calibrate(calibration.calibration, main.outOfFold),
    scored.probability,
    leaked,
    main.crossed?.fold,
  );
  const costs = costReport(manifest, data, parts.certify, scored, options.resamples, seed.fork('costs'));
  const alone = await scorerOf(emitModel({ ...model, experts: [] }, vouch), manifest);
  const forWorth = seed.fork('worth');
  const some = questionSample(data, parts.fit, ALONE_ROWS, forWorth.fork('alone'));
  const signals = await signalWorth({
    data,
    matrix: shipped,
    parts,
    alone: some,
    scorer: alone,
    dropped: unseen.dropped,
    random: forWorth,
  });
  const mistakes = surestMistakes(scorer, data, shipped, parts.certify, scored.probability);
  const patterns = examinePatterns(manifest, data, parts.certify, main, scored, hidden, options, seed.fork('patterns'));
  await Promise.all([scorer.close(), alone.close()]);
  clock.lap('measuring');

  let ships = { graph, manifest, seen: parts.fit };
  const isRefitted = !isCrossed && wantsRefit(options, [certified, ...hidden.map(({ certified: each }) => each)]);
  if (isRefitted) {
    ships = await refitted({ data, options, context, thresholds: manifest.thresholds, random: seed.fork('refit') });
    clock.lap('refit');
  }
  const final = await scorerOf(ships.graph, ships.manifest);
  const golden = await goldenRows(final, seed.fork('golden'));
  await final.close();

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
    judged: judgedFacts(data, parts, main.crossed, isRefitted),
    parts: partFacts(data, parts, isCrossed),
    selection: {
      learners,
      calibrators: calibration.candidates,
      slices: main.sliced.candidates,
      text: main.cross.text,
      lost: main.cross.lost,
      why: `Learner: ${whyLearner(learners, isSmall(data, parts.fit))}. Calibrator: ${whySimplest(calibration.candidates)}.`,
    },
    ...examined,
    test: { ...examined.test, band },
    ...sampledFacts({ fit: parts.fit, alone: some, judged: judged.rows }, options.resamples),
    signals,
    thresholds: isRefitted ? certified.thresholds.map(withoutClaim) : certified.thresholds,
    sliceClaims: isRefitted ? [] : certified.sliceClaims,
    ...(costs === null || isRefitted ? {} : { costs }),
    alphaCoverage: isRefitted ? [] : certified.alphaCoverage,
    labelsBuy: certified.labelsBuy,
    patterns: isRefitted ? patterns.map((pattern) => ({ ...pattern, claim: null })) : patterns,
    leftOut: leftOutAccepted(ships.manifest, data, unseen.leftOut),
    learningCurve: unseen.curve,
    suspects,
    mistakes,
    timings: clock.seconds,
  };
  const files: BundleFiles = {
    'model.onnx': ships.graph,
    'report.json': `${JSON.stringify(report, null, 1)}\n`,
    'report.html': reportHtml(report),
    'card.md': reportCard(report),
    'golden.json': `${JSON.stringify(golden)}\n`,
    ...seenFile(options.fingerprints ? [seenQuestions(questionsOf(data, ships.seen), data.fingerprint)] : []),
  };
  const isHeldOut = !isCrossed && !isRefitted;
  return { files, manifest: ships.manifest, report, certify: isHeldOut ? parts.certify : new Int32Array(0) };
}

import type { Manifest } from '../models/bundle/manifest.js';
import { seenFile, seenQuestions } from '../models/bundle/seen.js';
import { type BundleFiles, hashesOf } from '../models/bundle/write.js';
import { calibrate } from '../models/calibrators/list.js';
import { emitModel } from '../models/model.js';
import type { Probabilities } from '../models/numbers.js';
import { cardHtml } from '../report/card/html.js';
import { trainedFacts } from '../report/card/trained-facts.js';
import { reportCard } from '../report/card.js';
import { reportHtml } from '../report/html.js';
import { raterNotes } from '../report/raters/notes.js';
import type { ReportData } from '../report/results.js';
import { isSmall } from '../report/small.js';
import { leakNotes, suspectNotes } from '../report/suspect-notes.js';
import { scorerOf } from '../scorer/open.js';
import { pick } from '../support/pick.js';
import { silent } from '../support/progress.js';
import { random } from '../support/random.js';
import { stopwatch } from '../support/time/stopwatch.js';
import { dataFacts, judgedFacts, partFacts, sampledFacts } from './bundle/facts.js';
import { freshFacts } from './bundle/fresh-facts.js';
import { goldenRows } from './bundle/golden.js';
import { manifestOf } from './bundle/manifest-of.js';
import { embeddingsGain } from './bundle/model-facts.js';
import { referenceFile } from './bundle/reference.js';
import { refitted, wantsRefit, withoutClaim } from './bundle/refit.js';
import { certifiesCrossed } from './certify/certify-how.js';
import type { CertifiedPatterns } from './certify/certify-patterns.js';
import { shippable } from './certify/withheld.js';
import { fitModel } from './choose/fit-model.js';
import { ownWays } from './choose/own-ways.js';
import { simpleNotes } from './choose/simple-notes.js';
import { whyLearner, whySimplest } from './choose/why-chosen.js';
import type { TrainContext } from './context.js';
import { bandPoints } from './examine/band.js';
import { rawConfidence } from './examine/baselines.js';
import { costReport } from './examine/costs.js';
import { leftOutAccepted } from './examine/decisions.js';
import { examine } from './examine/examine.js';
import { examinePatterns } from './examine/examine-patterns.js';
import { judge } from './examine/judged.js';
import { surestMistakes } from './examine/mistakes.js';
import { questionSample } from './examine/question-sample.js';
import { ratersOf } from './examine/raters/raters.js';
import { leaks } from './examine/suspect/leaks.js';
import { suspectsOf } from './examine/suspect/suspects.js';
import { whatIfUnseen } from './examine/unseen.js';
import { withoutEquations } from './examine/without-equations.js';
import { ALONE_ROWS, signalWorth } from './examine/worth.js';
import { countingPool } from './learn/pool/counting-pool.js';
import type { TrainOptions } from './options.js';
import { asRead } from './prepare/as-read.js';
import { partsOf, undivided } from './prepare/fit-and-certify.js';
import { checkData } from './prepare/gate.js';
import { matrixOf } from './prepare/matrix.js';
import { checkSlices } from './prepare/slices.js';
import type { TrainingData } from './prepare/training-data.js';
import { withSignals } from './prepare/with-signals.js';
import { questionsOf } from './prepare/without-seen.js';

export interface Trained {
  files: BundleFiles;
  manifest: Omit<Manifest, 'files'>;
  report: ReportData;
  /** Row numbers of the certify part; empty if all answers train. */
  certify: Int32Array;
  /** The rows that train, and their probabilities by predictors that were not fitted to their question. */
  outOfFold: { rows: Int32Array; probability: Probabilities };
}

/**
 * All steps from labelled answers to a bundle. First the answers are split by question. On the fit part, the candidates
 * are cross-fitted; learner, calibrator and threshold candidates are chosen from out-of-fold logits alone; the chosen
 * learner is fitted again on the whole fit part. Then the certify part is used once, with the shipped scorer. Errors:
 * the codes of `checkData`, NO_SIGNALS.
 */
export async function train(collected: TrainingData, options: TrainOptions, context: TrainContext): Promise<Trained> {
  const found = withSignals(collected, options.signals);
  checkData(found, options);
  checkSlices(found, options.sliceBy);
  const { pool, versions } = context;
  const clock = stopwatch();
  const seed = random(options.seed);
  const isCrossed = certifiesCrossed(found, options);
  const parts = isCrossed ? undivided(found) : partsOf(found, options, seed.fork('parts'));
  const matrix = matrixOf(found, parts.fit);

  const { show = silent } = context;
  const shown = show('train', { unit: 'fits' });
  const fitted = await fitModel({
    pool,
    data: found,
    matrix,
    rows: parts.fit,
    options,
    random: seed.fork('fit'),
    progress: shown,
    isCrossed,
    own: ownWays(context.plugins),
  });
  const { main, model, sheet, fold } = fitted;
  const data = asRead(found, model.schema);
  shown.done();
  const { learners, calibration } = main;
  clock.lap('fitting');
  const tables = show('tables', { unit: 'fits' });
  const unseen = await whatIfUnseen({
    pool: countingPool(pool, tables),
    data,
    sheet,
    rows: parts.fit,
    fold,
    main,
    options,
    random: seed.fork('unseen'),
  });
  tables.done();
  clock.lap('leave-out, learning curve, drop-one');
  const measuring = show('measure', { unit: 'steps', total: 4 });
  const { vouch } = versions;
  const graph = emitModel(model, vouch);

  const manifest = manifestOf(fitted, { data, rows: parts.fit, options, context });
  const { plugins } = context;
  const scorer = await scorerOf(graph, manifest, { plugins });
  const shipped = { ...matrix, schema: model.schema };
  const own = seed.fork('certify');
  const judged = await judge({ scorer, manifest, data, matrix, shipped, parts, fitted, options, random: own });
  const { scored, hidden } = judged;
  if (data.fresh !== undefined) manifest.data.fresh = freshFacts(data, judged);
  const leaked = leaks(data, parts.fit);
  const shipping = <C extends CertifiedPatterns>(claims: C) => shippable(claims, leaked, options.allowLeak);
  const certified = shipping(judged.certified);
  manifest.thresholds = [...certified.thresholds, ...hidden.flatMap(({ certified: own }) => shipping(own).thresholds)];
  clock.lap('certification');
  measuring.add(1);

  const raw = rawConfidence(data, parts.fit);
  const examined = examine({
    data,
    rows: judged.rows,
    probability: scored.probability,
    atTemperature: judged.atTemperature,
    baselines: judged.baselines(),
    raw,
    resamples: options.resamples,
    random: seed.fork('examine'),
  });
  const equations = await withoutEquations({
    ...{ pool, data, sheet, parts, fold: main.crossed?.fold ?? null, ridge: main.cross.plain!.ridge },
    judged: { rows: judged.rows, vouch: scored.probability, before: raw?.predict(judged.rows) ?? null },
    isFull: options.report === 'full',
  });
  measuring.add(1);
  const band = bandPoints(scored, pick(data.y, judged.rows), pick(data.w, judged.rows));
  const outOfFold = calibrate(calibration.calibration, main.outOfFold);
  const suspects = suspectsOf({
    data,
    parts,
    outOfFold,
    shipped: scored.probability,
    found: leaked,
    fold: main.crossed?.fold,
  });
  const raters = ratersOf(data, seed.fork('raters'));
  const costs = costReport({
    manifest,
    data,
    rows: parts.certify,
    scored,
    resamples: options.resamples,
    random: seed.fork('costs'),
  });
  const alone = await scorerOf(emitModel({ ...model, patternPredictors: [] }, vouch), manifest, { plugins });
  const forWorth = seed.fork('worth');
  const some = questionSample(data, parts.fit, ALONE_ROWS, forWorth.fork('alone'));
  const signals = await signalWorth({
    data,
    matrix: shipped,
    parts,
    alone: some,
    scorer: alone,
    dropped: unseen.dropped,
    embeddings: main.embeddings && { column: main.embeddings.column, gain: main.cross.embeddings!.difference },
    random: forWorth,
  });
  measuring.add(1);
  const mistakes = surestMistakes(scorer, data, shipped, parts.certify, scored.probability);
  const patterns = examinePatterns({
    manifest,
    data,
    certify: parts.certify,
    main,
    all: scored,
    hidden,
    options,
    random: seed.fork('patterns'),
  });
  await Promise.all([scorer.close(), alone.close()]);
  measuring.add(1);
  measuring.done();
  clock.lap('measuring');

  let ships = { graph, manifest, seen: parts.fit };
  const isRefitted = !isCrossed && wantsRefit(options, [certified, ...hidden.map(({ certified: each }) => each)]);
  if (isRefitted) {
    ships = await refitted({
      data: found,
      options,
      context,
      thresholds: manifest.thresholds,
      random: seed.fork('refit'),
    });
    clock.lap('refit');
  }
  const final = await scorerOf(ships.graph, ships.manifest, { plugins });
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
      warnings: [
        ...leakNotes(suspects.leaks),
        ...simpleNotes(main),
        ...context.warnings,
        ...suspectNotes(suspects),
        ...raterNotes(raters),
      ],
    }),
    judged: judgedFacts(data, parts, main.crossed, isRefitted),
    parts: partFacts(data, parts, isCrossed),
    selection: {
      learners,
      calibrators: calibration.candidates,
      slices: main.sliced.candidates,
      text: main.cross.text,
      embeddings: embeddingsGain(main),
      lost: main.cross.lost,
      why:
        `Learner: ${whyLearner(learners, isSmall(data, parts.fit))}. ` +
        `Calibrator: ${whySimplest(calibration.candidates)}.`,
    },
    ...examined,
    test: { ...examined.test, band },
    ...sampledFacts({ fit: parts.fit, alone: some, judged: judged.rows }, options.resamples),
    ...(equations === undefined ? {} : { equations }),
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
    ...(raters === null ? {} : { raters }),
    mistakes,
    timings: clock.seconds,
  };
  const files: BundleFiles = {
    'model.onnx': ships.graph,
    'report.json': `${JSON.stringify(report, null, 1)}\n`,
    'report.html': reportHtml(report),
    'golden.json': `${JSON.stringify(golden)}\n`,
    ...referenceFile({ data, matrix: shipped, rows: judged.rows, probability: scored.probability }),
    ...seenFile(options.fingerprints ? [seenQuestions(questionsOf(data, ships.seen), data.fingerprint)] : []),
  };
  files['card.html'] = cardHtml(trainedFacts(report, ships.manifest));
  files['card.md'] = reportCard(report, hashesOf(files));
  const isHeldOut = !isCrossed && !isRefitted;
  return {
    files,
    manifest: ships.manifest,
    report,
    certify: isHeldOut ? parts.certify : new Int32Array(0),
    outOfFold: { rows: parts.fit, probability: outOfFold },
  };
}

/** vouch: how likely an LLM's answer is to be right. The library behind the command line; nothing else is public. */

export type { AdaptationFacts, AdaptedFacts } from './adapt/facts.js';
export type { AcceptedShare, AdaptationReport, DecidedAnswers } from './adapt/report/results.js';
export { checkRecord } from './data/check-record.js';
export type { Fields } from './data/check-value.js';
export type { LabelRules } from './data/grades/rules.js';
export { groupOf } from './data/group.js';
export type { Agreement } from './data/label/agreement.js';
export { defineLabeller, type LabellerInput, type LabellerPlugin } from './data/label/define-labeller.js';
export type { Labelled } from './data/label/label-record.js';
export { labelOf, type Verdict as LabelVerdict } from './data/label-of.js';
export type { AnswerSource, RecordSource } from './data/read/answer-source.js';
export { defineReader, type ReaderInput, type ReaderPlugin } from './data/read/formats/define-reader.js';
export type { Context, LogFormat, Part, Requests } from './data/read/formats/log-format.js';
export type { ColumnMap } from './data/read/map/map.js';
export type { BadLine } from './data/read/row.js';
export { type AnswerRecord, type LoggedRecord, type RecordInput, recordSchema } from './data/record.js';
export type { Answer, Logged, TokenList } from './data/token-list.js';
export type { Feature, Need, Shown } from './features/feature.js';
export { features } from './features/list.js';
export { defineSignal, type SignalInput } from './features/plugin/define-signal.js';
export type { SignalPlugin, SignalRecord, SignalToken, SignalView } from './features/plugin/signal-plugin.js';
export type { Readable } from './features/text-view.js';
export { type AdaptOptions, type AdaptResult, adapt } from './library/adapt.js';
export { choose } from './library/best-of/choose.js';
export type { ChooseOptions, ChooseResult } from './library/best-of/choose-options.js';
export { type CalibrationInput, type Calibrator, calibrators, type FittedCalibrator } from './library/calibrators.js';
export { type Certificate, type CertifyOptions, certify, type ScoredAnswers } from './library/certify.js';
export type { Labels, Names, Numbers } from './library/columns.js';
export type { EncoderOptions } from './library/encoders.js';
export { type EvaluateOptions, evaluate } from './library/evaluate.js';
export { evidence } from './library/evidence/evidence.js';
export type { EvidenceOptions, EvidenceResult } from './library/evidence/evidence-options.js';
export { type LabelOptions, label } from './library/label.js';
export { type IntervalOptions, type MetricFunction, metrics, type Predicted } from './library/metrics.js';
export { type MonitorFiles, type MonitorOptions, monitor } from './library/monitor/monitor.js';
export { type MonitorStoreOptions, monitorStore } from './library/monitor/monitor-store.js';
export { type OpenOptions, openScorer } from './library/open-scorer.js';
export { type PolicyScoreOptions, type PolicyScoreResult, policyScore } from './library/policy/policy-score.js';
export { policyShow, type ShownPolicy } from './library/policy/policy-show.js';
export { type PolicyTrainOptions, type PolicyTrainResult, policyTrain } from './library/policy/policy-train.js';
export type { PricesInput } from './library/policy/read-prices.js';
export { raters } from './library/raters.js';
export { type ReadAnswersOptions, readAnswers } from './library/read-answers.js';
export type { ReadSettings } from './library/read-settings.js';
export type { RecalibrateResult } from './library/recalibrate/made-version.js';
export { recalibrate } from './library/recalibrate/recalibrate.js';
export type { RecalibrateOptions } from './library/recalibrate/recalibrate-options.js';
export { type RecalibrateStoreOptions, recalibrateStore } from './library/recalibrate/recalibrate-store.js';
export type { Note, PluginOptions, RunOptions } from './library/run-options.js';
export { type ScoreFileOptions, type ScoreOptions, score } from './library/score.js';
export { signals } from './library/signals.js';
export type { Streamed } from './library/streamed.js';
export { type TrainOptions, type TrainResult, train } from './library/train.js';
export { type TunedEncoderResult, tuneEncoder } from './library/tune/tune-encoder.js';
export type { TuneEncoderOptions } from './library/tune/tune-encoder-options.js';
export { type TuneResult, tuneExport } from './library/tune/tune-export.js';
export type { TuneOptions } from './library/tune/tune-options.js';
export { type VoteOptions, type VoteResult, vote } from './library/vote.js';
export type { ReliabilityBin } from './metrics/calibration/reliability.js';
export type { CurvePoint } from './metrics/calibration/reliability-curve.js';
export type { Estimate } from './metrics/interval/interval.js';
export type { Perfect, PerfectRange } from './metrics/perfect/perfect.js';
export type { KappaWeights } from './metrics/raters/cohen-kappa.js';
export type { DawidSkene, DawidSkeneOptions } from './metrics/raters/dawid-skene.js';
export type { Rated } from './metrics/raters/rated.js';
export type { RiskBandPoint } from './metrics/selective/risk-band.js';
export type { GoldenRow } from './models/bundle/golden.js';
export type { Basis, Guarantee, Manifest, Threshold } from './models/bundle/manifest.js';
export type { NamedKey } from './models/bundle/signature.js';
export {
  type CalibratorInput,
  type CalibratorPlugin,
  defineCalibrator,
} from './models/calibrators/define-calibrator.js';
export { defineExporter, type ExporterInput, type ExporterPlugin } from './models/export/define-exporter.js';
export type { Exported, ExportFiles, ExportOptions } from './models/export/export-bundle.js';
export type { Logits, Probabilities } from './models/numbers.js';
export type { RawPlan } from './models/raw/plan.js';
export type { SignalDrift } from './monitor/drift/drift.js';
export type { Difference } from './monitor/drift/number-drift.js';
export type { Expected } from './monitor/expected.js';
export type { FeedbackCounts, FeedbackStanding } from './monitor/feedback.js';
export type { BadSlice } from './monitor/promise/slices.js';
export type { PromiseState, Standing as PromiseStanding } from './monitor/promise/standing.js';
export type { ErrorEstimate } from './monitor/promise/tally.js';
export type { QueueRow } from './monitor/queue/draw.js';
export type { MonitorResult } from './monitor/results.js';
export type { MonitorRules } from './monitor/rules.js';
export type { AlertKind, Notice as MonitorNotice } from './monitor/state.js';
export type {
  Against,
  ComparedMeasure,
  DecisionRecord,
  Evaluation,
  LabelsToDecide,
  PromiseVerdict,
  Verdict,
} from './report/evaluation/results.js';
export type { Rater, RaterKind, Raters } from './report/raters/raters.js';
export type {
  AlphaCoverage,
  BandPoint,
  Bought,
  CertifiedThreshold,
  CostedPolicy,
  CostReport,
  DataFile,
  EmbeddingsGain,
  EquationWorth,
  FurtherName,
  LearningCurve,
  LearningPoint,
  LeftOut,
  LeftOutStanding,
  Lost,
  MetricName,
  Metrics,
  Mistake,
  Mistakes,
  Paired,
  PatternStanding,
  Period,
  Quality,
  ReportData,
  RiskCoveragePoint,
  SignalWorth,
  SliceCandidate,
  SliceRow,
  Standing,
  TaskQuality,
  TemperaturePoint,
  TestCounts,
  TextGain,
} from './report/results.js';
export type { GradedTwice, Leak, LeakSource, Suspects, ThreeWays } from './report/suspects.js';
export type { Drift } from './scorer/batch/drift.js';
export type { ScoreSummary } from './scorer/batch/summary.js';
export type { CheckedScorer as Scorer } from './scorer/checked-scorer.js';
export type { Decision, NoDecision } from './scorer/decide.js';
export type { Score } from './scorer/scorer.js';
export { type ErrorCode, type ErrorDetail, errors, VouchError } from './support/errors.js';
export type { PluginSource } from './support/plugins/open-plugins.js';
export type { Plugin, PluginFact, PluginKind } from './support/plugins/plugin.js';
export type { ProgressEvent } from './support/reported-progress.js';
export type { Method } from './train/best-of/policy.js';
export type {
  Choice,
  ChoiceClaim,
  ChoiceSummary,
  Hypothesis,
  JointQuality,
  PolicyQuality,
} from './train/best-of/results.js';
export type { DecidedChoice, Undecided } from './train/best-of/use.js';
export {
  defineLearner,
  type LearnedModel,
  type LearnerInput,
  type LearnerPlugin,
  type LearnerRows,
} from './train/learn/define-learner.js';
export type {
  TuneCount,
  TuneCurve,
  TuneFormat,
  TuneKind,
  TunePart,
  TunePoint,
  TuneSummary,
  WhyNot,
} from './train/tune/results.js';
export type { Gain, Vote, VoteQuality, VoteSummary, Weight } from './train/vote/results.js';

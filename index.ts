/** vouch: how likely an LLM's answer is to be right. The library behind the command line; nothing else is public. */

export type { AdaptationReport } from './adapt/report/results.js';
export { checkRecord } from './data/check-record.js';
export type { LabelRules } from './data/grades/rules.js';
export { groupOf } from './data/group.js';
export { defineLabeller, type LabellerInput, type LabellerPlugin } from './data/label/define-labeller.js';
export { labelOf } from './data/label-of.js';
export type { AnswerSource, RecordSource } from './data/read/answer-source.js';
export { defineReader, type ReaderInput, type ReaderPlugin } from './data/read/formats/define-reader.js';
export type { Context, Part } from './data/read/formats/log-format.js';
export type { ColumnMap } from './data/read/map/map.js';
export type { BadLine } from './data/read/row.js';
export { type AnswerRecord, type RecordInput, recordSchema } from './data/record.js';
export type { Feature, Need, Shown } from './features/feature.js';
export { features } from './features/list.js';
export { defineSignal, type SignalInput } from './features/plugin/define-signal.js';
export type { SignalPlugin, SignalRecord, SignalToken, SignalView } from './features/plugin/signal-plugin.js';
export { type AdaptOptions, type AdaptResult, adapt } from './library/adapt.js';
export { type CalibrationInput, type Calibrator, calibrators, type FittedCalibrator } from './library/calibrators.js';
export { type Certificate, type CertifyOptions, certify, type ScoredAnswers } from './library/certify.js';
export { type EvaluateOptions, evaluate } from './library/evaluate.js';
export { type LabelOptions, label } from './library/label.js';
export { type IntervalOptions, type MetricFunction, metrics, type Predicted } from './library/metrics.js';
export { type OpenOptions, openScorer } from './library/open-scorer.js';
export { type ReadAnswersOptions, readAnswers } from './library/read-answers.js';
export type { ReadSettings } from './library/read-settings.js';
export type { Note, PluginOptions, RunOptions } from './library/run-options.js';
export { type ScoreFileOptions, type ScoreOptions, score } from './library/score.js';
export { signals } from './library/signals.js';
export { type TrainOptions, type TrainResult, train } from './library/train.js';
export type { ReliabilityBin } from './metrics/calibration/reliability.js';
export type { CurvePoint } from './metrics/calibration/reliability-curve.js';
export type { Estimate } from './metrics/interval/interval.js';
export type { Perfect, PerfectRange } from './metrics/perfect/perfect.js';
export type { RiskBandPoint } from './metrics/selective/risk-band.js';
export type { Manifest, Threshold } from './models/bundle/manifest.js';
export {
  type CalibratorInput,
  type CalibratorPlugin,
  defineCalibrator,
} from './models/calibrators/define-calibrator.js';
export { defineExporter, type ExporterInput, type ExporterPlugin } from './models/export/define-exporter.js';
export type {
  Against,
  ComparedMeasure,
  DecisionRecord,
  Evaluation,
  LabelsToDecide,
  PromiseVerdict,
  Verdict,
} from './report/evaluation/results.js';
export type {
  AlphaCoverage,
  BandPoint,
  Bought,
  CertifiedThreshold,
  CostReport,
  DataFile,
  EquationWorth,
  LearningCurve,
  LeftOut,
  Lost,
  Metrics,
  Mistakes,
  Paired,
  PatternStanding,
  Period,
  ReportData,
  RiskCoveragePoint,
  SignalWorth,
  SliceCandidate,
  SliceRow,
  Standing,
  TemperaturePoint,
  TextGain,
} from './report/results.js';
export type { Suspects } from './report/suspects.js';
export type { ScoreSummary } from './scorer/batch/summary.js';
export type { CheckedScorer as Scorer } from './scorer/checked-scorer.js';
export type { Decision, NoDecision } from './scorer/decide.js';
export type { Score } from './scorer/scorer.js';
export { type ErrorCode, type ErrorDetail, errors, VouchError } from './support/errors.js';
export type { PluginSource } from './support/plugins/open-plugins.js';
export type { Plugin, PluginFact, PluginKind } from './support/plugins/plugin.js';
export type { ProgressEvent } from './support/reported-progress.js';
export {
  defineLearner,
  type LearnedModel,
  type LearnerInput,
  type LearnerPlugin,
  type LearnerRows,
} from './train/learn/define-learner.js';

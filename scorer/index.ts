/** vouch-scorer: opens a bundle and scores answers. A service installs it: it needs onnxruntime, but no trainer. */

export { checkRecord } from '../data/check-record.js';
export type { AnswerRecord, RecordInput } from '../data/record.js';
export { defineSignal, type SignalInput } from '../features/plugin/define-signal.js';
export type { SignalPlugin, SignalRecord, SignalToken, SignalView } from '../features/plugin/signal-plugin.js';
export type { Manifest, Threshold } from '../models/bundle/manifest.js';
export { VouchError } from '../support/errors.js';
export type { PluginSource } from '../support/plugins/open-plugins.js';
export { type CheckedScorer as Scorer, type OpenOptions, openScorer } from './checked-scorer.js';
export type { Decision, NoDecision } from './decide.js';
export type { Grounds } from './grounded.js';
export type { FeatureScores } from './open.js';
export type { Reason } from './reasons/reasons.js';
export type { Score, ScoreOptions } from './scorer.js';

/** vouch: how likely an LLM's answer is to be right. The library behind the command line; nothing else is public. */
export { checkRecord } from './data/check-record.js';
export { groupOf } from './data/group.js';
export { labelOf } from './data/label-of.js';
export { type BadLine, type Batch, type ReadOptions, readAnswers } from './data/read/answers.js';
export { type AnswerRecord, recordSchema } from './data/record.js';
export { features } from './features/list.js';
export { tableOf } from './features/table.js';
export type { Manifest, Threshold } from './models/bundle/manifest.js';
export { writeBundle } from './models/bundle/write.js';
export type { ReportData } from './report/results.js';
export type { Decision } from './scorer/decide.js';
export { type FeatureScores, type OpenOptions, openScorer, type Score, type Scorer } from './scorer/open.js';
export { type ErrorCode, errors, VouchError } from './support/errors.js';
export { openBackend } from './train/backend/ladder.js';
export { type Evaluation, evaluate } from './train/evaluate.js';
export { parseOptions, type TrainOptions } from './train/options.js';
export { TrainingDataCollector } from './train/prepare/training-data.js';
export { train } from './train/train.js';

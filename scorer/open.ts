import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { AnswerRecord } from '../data/record.js';
import { patternOf } from '../features/pattern.js';
import { rowMaker } from '../features/row.js';
import { sliceOf } from '../features/slice.js';
import type { Manifest } from '../models/bundle/manifest.js';
import { readBundle } from '../models/bundle/read.js';
import { type Decision, decider, type NoDecision } from './decide.js';
import { checkedDirect } from './direct/checked.js';
import type { Direct } from './direct/direct.js';

/** What vouch says of one answer. `logit` is the predictor's, before calibration. */
export interface Score {
  id: string;
  probability: number;
  decision: Decision;
  /** Why there is no decision; null where there is one. */
  why: NoDecision | null;
  pattern: string;
  /** The slice that decided, where decisions go by slice; else null. */
  slice: string | null;
  logit: number;
}

export interface FeatureScores {
  logit: Float32Array;
  probability: Float32Array;
}

export interface Scorer {
  manifest: Manifest;
  /** SHA-256 of the manifest: pin it to be safe against tampering. */
  digest: string;
  score(record: AnswerRecord): Promise<Score>;
  /** Scores in the order given; best in chunks of 64 to 256. */
  scoreMany(records: AnswerRecord[]): Promise<Score[]>;
  /** `features` row-major [n, d], NaN = missing; `categories` row-major [n, c], 0 = unseen. */
  scoreFeatures(features: Float32Array, categories?: BigInt64Array): Promise<FeatureScores>;
  /** The rows the graph takes for these records. */
  rows(records: AnswerRecord[]): { features: Float32Array; categories: BigInt64Array };
  close(): Promise<void>;
}

export interface OpenOptions {
  /** Expected SHA-256 of manifest.json. */
  digest?: string;
  /** Threads onnxruntime may use within a call; 1 by default, which is fastest for nets of this size. */
  threads?: number;
}

/** Opens a bundle folder: verifies its files, loads the graph. Errors: FILE_MISSING, BUNDLE_BAD, BUNDLE_NEWER, BUNDLE_DAMAGED. */
export async function openScorer(dir: string, options: OpenOptions = {}): Promise<Scorer> {
  const bundle = await readBundle(dir, options.digest);
  const scorer = await scorerOf(bundle.files.get('model.onnx') as Uint8Array, bundle.manifest, options);
  return { ...scorer, digest: bundle.digest };
}

/** A scorer over a graph in memory: what `openScorer` gives, and what training certifies with. */
export async function scorerOf(
  graph: Uint8Array,
  manifest: Manifest,
  { threads = 1 }: OpenOptions = {},
): Promise<Scorer> {
  const session = await InferenceSession.create(graph, {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    logSeverityLevel: 3,
  });
  const direct = await checkedDirect(graph, session, manifest);
  const maker = rowMaker(manifest.signals);
  const decide = decider(manifest);
  const sliceBy = manifest.decisions?.by === 'slice' ? manifest.decisions.sliceBy : null;
  const d = manifest.signals.numeric.length;
  const c = manifest.signals.categorical.length;
  const indexes = new Int32Array(c);

  const rows = (records: AnswerRecord[]) => {
    const features = new Float32Array(records.length * d);
    const categories = new BigInt64Array(records.length * c);
    for (let i = 0; i < records.length; i++) {
      maker.row(records[i], features, i * d, indexes, 0);
      for (let j = 0; j < c; j++) categories[i * c + j] = BigInt(indexes[j]);
    }
    return { features, categories };
  };
  const scoreOf = (record: AnswerRecord, probability: number, logit: number): Score => {
    const pattern = patternOf(record);
    const slice = sliceBy === null ? null : sliceOf(record, sliceBy);
    const { decision, why } = decide({ pattern, slice, probability });
    return { id: record.id, probability, decision, why, pattern, slice, logit };
  };
  const scoreFeatures = async (features: Float32Array, categories?: BigInt64Array): Promise<FeatureScores> => {
    const n = features.length / d;
    const feeds: Record<string, Tensor> = { features: new Tensor('float32', features, [n, d]) };
    if (c > 0) feeds.categories = new Tensor('int64', categories ?? new BigInt64Array(n * c), [n, c]);
    const { logit, probability } = await session.run(feeds);
    return { logit: logit.data as Float32Array, probability: probability.data as Float32Array };
  };
  const scoreMany = async (records: AnswerRecord[]): Promise<Score[]> => {
    if (records.length === 0) return [];
    const { features, categories } = rows(records);
    const { logit, probability } = await scoreFeatures(features, categories);
    return records.map((record, i) => scoreOf(record, probability[i], logit[i]));
  };
  const scoreDirect = (way: Direct, record: AnswerRecord): Score => {
    maker.row(record, way.features, 0, indexes, 0);
    const { logit, probability } = way.score(indexes);
    return scoreOf(record, probability, logit);
  };
  return {
    manifest,
    digest: '',
    score:
      direct === null
        ? async (record) => (await scoreMany([record]))[0]
        : async (record) => scoreDirect(direct, record),
    scoreMany,
    scoreFeatures,
    rows,
    close: () => session.release(),
  };
}

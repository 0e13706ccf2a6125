import { join } from 'node:path';
import { InferenceSession } from 'onnxruntime-node';
import { namingOn } from '../data/naming.js';
import { type Answer, isAnswer, type Logged } from '../data/token-list.js';
import { patternOf } from '../features/pattern.js';
import { pluginSignals } from '../features/plugin/signals-of.js';
import { rowMaker } from '../features/row.js';
import { sliceOf } from '../features/slice.js';
import { badBundle } from '../models/bundle/bad.js';
import { checkPlugins } from '../models/bundle/check-plugins.js';
import type { GoldenRow } from '../models/bundle/golden.js';
import type { Manifest } from '../models/bundle/manifest.js';
import type { Pinning } from '../models/bundle/pinning.js';
import { type Bundle, readBundle } from '../models/bundle/read.js';
import type { Plugins } from '../support/plugins/plugin.js';
import { checkGolden } from './check-golden.js';
import { ruleOf, type Standing } from './decide.js';
import { checkedDirect } from './direct/checked.js';
import type { Direct, Outcome } from './direct/direct.js';
import { namedScorer } from './named-scorer.js';
import { type Explainer, explainerOf } from './reasons/explain.js';
import { reasonsOf } from './reasons/reasons.js';
import { checkProbability, type FeatureScores, OUTPUTS, type Rows, runGraph } from './run-graph.js';
import type { AnswerScore, NoScore, Score, ScoreOptions, Scorer } from './scorer.js';
import { VERSION_DIGITS } from './version-digits.js';

export { type FeatureScores, OUTPUTS, type Rows } from './run-graph.js';

/**
 * Rows that the graph takes at a time. Trees evaluate all their questions for all rows at once, which needs 40 kB per
 * row.
 */
const MOST_ROWS = 1024;

/** What is known about a record before its probability. */
interface Placed {
  pattern: string;
  slice: string | null;
  standing: Standing;
}

export interface OpenOptions extends Pinning {
  /** Threads that onnxruntime may use within a call. Default 1, which is fastest for networks of this size. */
  threads?: number;
  /** The plug-ins that the bundle may use. */
  plugins?: Plugins;
}

/**
 * Opens a bundle folder: verifies its files, loads the graph, scores the golden rows. Errors: FILE_MISSING, BUNDLE_BAD,
 * BUNDLE_NEWER, BUNDLE_DAMAGED, BUNDLE_UNTRUSTED, BUNDLE_PLUGIN.
 */
export async function openScorer(dir: string, options: OpenOptions = {}): Promise<Scorer> {
  return (await openBundle(await readBundle(dir, options), options)).scorer;
}

/** Opens a bundle that is in memory; also returns its golden records. Errors: BUNDLE_BAD, BUNDLE_PLUGIN. */
export async function openBundle(
  { dir, manifest, digest, files }: Bundle,
  { threads, plugins = [] }: Pick<OpenOptions, 'threads' | 'plugins'> = {},
): Promise<{ scorer: Scorer; golden: GoldenRow['record'][] }> {
  checkPlugins(manifest, plugins, dir);
  const file = join(dir, 'model.onnx');
  const scorer = await scorerOf(files.get('model.onnx')!, manifest, { threads, digest, plugins }).catch(
    (error: unknown) => {
      throw badBundle('the bundle cannot be opened', error, file);
    },
  );
  try {
    const text = Buffer.from(files.get('golden.json')!).toString('utf8');
    return { scorer, golden: await checkGolden(scorer, join(dir, 'golden.json'), text) };
  } catch (error) {
    await scorer.close();
    throw badBundle('the golden rows cannot be scored', error, dir);
  }
}

/** A scorer for a graph in memory. `openScorer` returns one, and training certifies with one. */
export async function scorerOf(
  graph: Uint8Array,
  manifest: Manifest,
  { threads = 1, digest = '', plugins = [] }: Pick<OpenOptions, 'threads' | 'digest' | 'plugins'> = {},
): Promise<Scorer> {
  const session = await InferenceSession.create(graph, {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    logSeverityLevel: 3,
  });
  const direct = await checkedDirect(graph, session, manifest);
  const maker = rowMaker(manifest.signals, pluginSignals(plugins));
  const rule = ruleOf(manifest);
  const bundle = digest === '' ? null : digest.slice(0, VERSION_DIGITS);
  const sliceBy = manifest.decisions?.by === 'slice' ? manifest.decisions.sliceBy : null;
  const d = manifest.signals.numeric.length;
  const c = manifest.signals.categorical.length;
  const indexes = new Int32Array(c);

  const { words: shape } = manifest.signals;
  const length = shape?.length ?? 0;

  const { holds } = maker;
  /** Of the last record that went through the row maker. */
  const placed = (record: Answer): Placed => {
    const { model, task, selected } = record;
    const pattern = patternOf(record);
    const slice = sliceBy === null ? null : sliceOf(record, sliceBy);
    return { pattern, slice, standing: rule.standing({ pattern, slice, model, task, selected, holds }) };
  };
  const rows = (records: Answer[], each?: (record: Answer) => void): Rows => {
    const features = new Float32Array(records.length * d);
    const categories = new BigInt64Array(records.length * c);
    const words = new Int32Array(records.length * length);
    for (let i = 0; i < records.length; i++) {
      maker.row(records[i], features, i * d, indexes, 0);
      each?.(records[i]);
      for (let j = 0; j < c; j++) categories[i * c + j] = BigInt(indexes[j]);
      if (shape !== undefined) maker.words(shape, words, i * length);
    }
    return { features, categories, words: shape === undefined ? undefined : words };
  };
  const scoreOf = ({ id }: Answer, { pattern, slice, standing }: Placed, outcome: Outcome): AnswerScore => {
    const { probability, shift, logit, low, high } = outcome;
    const { decision, why, missing, claim, basis, promise } = rule.decide(standing, probability, shift > 1);
    // no spread here: it would take a tenth of a record's whole time
    return {
      id,
      probability,
      decision,
      why,
      missing,
      pattern,
      claim,
      basis,
      promise,
      bundle,
      slice,
      logit,
      low,
      high,
      shift,
    };
  };
  const scoreFeatures: Scorer['scoreFeatures'] = async (features, categories, words) => {
    const n = features.length / d;
    const all = Object.fromEntries(OUTPUTS.map((name) => [name, new Float32Array(n)])) as unknown as FeatureScores;
    for (let from = 0; from < n; from += MOST_ROWS) {
      const to = Math.min(n, from + MOST_ROWS);
      const part = await runGraph(session, manifest.signals, to - from, {
        features: features.subarray(from * d, to * d),
        categories: categories?.subarray(from * c, to * c) ?? new BigInt64Array((to - from) * c),
        words:
          length === 0
            ? undefined
            : (words?.subarray(from * length, to * length) ?? new Int32Array((to - from) * length)),
      });
      for (const name of OUTPUTS) all[name].set(part[name], from);
    }
    return all;
  };
  const scoreDirect = (way: Direct, record: Answer): AnswerScore => {
    maker.row(record, way.features, 0, indexes, 0);
    if (shape !== undefined) maker.words(shape, way.words, 0);
    const place = placed(record);
    const outcome = way.score(indexes);
    checkProbability(outcome.probability);
    return scoreOf(record, place, outcome);
  };
  let explainer: Explainer | undefined; // made on demand: it takes a moment, and few callers ask for reasons
  const reasons: Scorer['reasons'] = (given, most) => {
    explainer ??= explainerOf(graph, manifest.signals);
    return reasonsOf(explainer, manifest.signals, given, most);
  };
  const scoreByGraph = async (records: Answer[]): Promise<AnswerScore[]> => {
    const places: Placed[] = [];
    const { features, categories, words } = rows(records, (record) => places.push(placed(record)));
    const { logit, probability, low, high, shift } = await scoreFeatures(features, categories, words);
    return records.map((record, i) =>
      scoreOf(record, places[i], {
        logit: logit[i],
        probability: probability[i],
        low: low[i],
        high: high[i],
        shift: shift[i],
      }),
    );
  };
  const scoreAnswers = async (records: Answer[], { reasons: most }: ScoreOptions): Promise<AnswerScore[]> => {
    if (records.length === 0) return [];
    const scores = direct === null ? await scoreByGraph(records) : records.map((record) => scoreDirect(direct, record));
    if (most === undefined) return scores;
    const why = reasons(rows(records), most);
    return scores.map((score, i) => ({ ...score, reasons: why[i] }));
  };
  const scoreMany = async (records: Logged[], options: ScoreOptions = {}): Promise<Score[]> => {
    const answers = records.filter(isAnswer);
    const scores = await scoreAnswers(answers, options);
    if (answers.length === records.length) return scores;
    let next = 0;
    return records.map((record) => (isAnswer(record) ? scores[next++] : noScore(record.id, bundle, options)));
  };
  const scoreOne = async (record: Logged): Promise<Score> => {
    if (!isAnswer(record)) return noScore(record.id, bundle);
    return direct === null ? (await scoreAnswers([record], {}))[0] : scoreDirect(direct, record);
  };
  const scorer: Scorer = {
    manifest,
    digest,
    score: scoreOne as Scorer['score'],
    scoreMany: scoreMany as Scorer['scoreMany'],
    scoreFeatures,
    rows: (records) => rows(records),
    reasons,
    close: () => session.release(),
  };
  return namedScorer(scorer, namingOn(manifest.naming, undefined));
}

function noScore(id: string, bundle: string | null, { reasons }: ScoreOptions = {}): NoScore {
  const score: NoScore = {
    id,
    probability: null,
    decision: null,
    why: 'no answer',
    missing: null,
    pattern: null,
    claim: null,
    basis: null,
    promise: null,
    bundle,
    slice: null,
    logit: null,
    low: null,
    high: null,
    shift: null,
  };
  return reasons === undefined ? score : { ...score, reasons: [] };
}

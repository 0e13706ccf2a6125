import { join } from 'node:path';
import { InferenceSession } from 'onnxruntime-node';
import { namingOn } from '../data/naming.js';
import { type Answer, isAnswer, type Logged } from '../data/token-list.js';
import { patternAsRead, patternOf } from '../features/pattern.js';
import { pluginSignals } from '../features/plugin/signals-of.js';
import { rowMaker } from '../features/row.js';
import { sliceOf } from '../features/slice.js';
import type { Annotator } from '../meaning/annotator.js';
import { badBundle } from '../models/bundle/bad.js';
import { checkEncoders } from '../models/bundle/check-encoders.js';
import { checkPlugins } from '../models/bundle/check-plugins.js';
import type { GoldenRow } from '../models/bundle/golden.js';
import type { Manifest } from '../models/bundle/manifest.js';
import type { Pinning } from '../models/bundle/pinning.js';
import { type Bundle, readBundle } from '../models/bundle/read.js';
import type { Plugins } from '../support/plugins/plugin.js';
import { annotatedScorer } from './annotated-scorer.js';
import { checkGolden } from './check-golden.js';
import { ruleOf, type Standing } from './decide.js';
import { checkedDirect } from './direct/checked.js';
import type { Direct, Outcome } from './direct/direct.js';
import { groundsOf } from './grounded.js';
import { type Kept, keepWith, keptDirect, keptOfGraph } from './kept.js';
import { namedScorer } from './named-scorer.js';
import { type Explainer, explainerOf } from './reasons/explain.js';
import { reasonsOf } from './reasons/reasons.js';
import { checkProbability, type FeatureScores, OUTPUTS, type Rows, runGraph } from './run-graph.js';
import type { AnswerScore, Before, NoScore, Score, ScoreOptions, Scorer } from './scorer.js';
import { VERSION_DIGITS } from './version-digits.js';

export { embeddingInput } from '../features/vectors/embeddings.js';
export { type FeatureScores, OUTPUTS, type Rows } from './run-graph.js';

/** Rows that the graph takes at a time: trees evaluate all their questions for all of them at once, 40 kB per row. */
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
  /** Reads records with the encoders that the bundle names. Whoever opened it closes it. */
  annotator?: Annotator;
  /** Whether entailment models that the bundle does not read say what is grounded. Default true. */
  grounds?: boolean;
  /** Whether scores keep what they were computed from: see `keptWith`. */
  keep?: boolean;
}

/**
 * Opens a bundle folder: verifies its files, loads the graph, scores the golden rows. Errors: FILE_MISSING, BUNDLE_BAD,
 * BUNDLE_NEWER, BUNDLE_DAMAGED, BUNDLE_UNTRUSTED, BUNDLE_PLUGIN, BUNDLE_ENCODER.
 */
export async function openScorer(dir: string, options: OpenOptions = {}): Promise<Scorer> {
  return (await openBundle(await readBundle(dir, options), options)).scorer;
}

/** Opens a bundle in memory; `plain` takes records as they are. Errors: BUNDLE_BAD, BUNDLE_PLUGIN, BUNDLE_ENCODER. */
export async function openBundle(
  { dir, manifest, digest, files }: Bundle,
  { threads, plugins = [], annotator, grounds, keep }: Omit<OpenOptions, keyof Pinning> = {},
): Promise<{ scorer: Scorer; plain: Scorer; golden: GoldenRow['record'][] }> {
  checkPlugins(manifest, plugins, dir);
  checkEncoders(manifest, annotator?.encoders ?? [], dir);
  const file = join(dir, 'model.onnx');
  const plain = await scorerOf(files.get('model.onnx')!, manifest, { threads, digest, plugins, keep }).catch(
    (error: unknown) => {
      throw badBundle('the bundle cannot be opened', error, file);
    },
  );
  try {
    const text = Buffer.from(files.get('golden.json')!).toString('utf8');
    const golden = await checkGolden(plain, join(dir, 'golden.json'), text);
    return { scorer: annotatedScorer(plain, annotator, { grounds }), plain, golden };
  } catch (error) {
    await plain.close();
    throw badBundle('the golden rows cannot be scored', error, dir);
  }
}

/** A scorer for a graph in memory. `openScorer` returns one, and training certifies with one. */
export async function scorerOf(
  graph: Uint8Array,
  manifest: Manifest,
  {
    threads = 1,
    digest = '',
    plugins = [],
    keep = false,
  }: Pick<OpenOptions, 'threads' | 'plugins' | 'keep'> & {
    digest?: string;
  } = {},
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

  const { words: shape, embeddings: shapes = [] } = manifest.signals;
  const length = shape?.length ?? 0;

  const { holds } = maker;
  const asRead = patternAsRead(manifest.signals);
  /** Of the last record that went through the row maker. */
  const placed = (record: Answer): Placed => {
    const { model, task, selected } = record;
    const pattern = asRead(patternOf(record));
    const slice = sliceBy === null ? null : sliceOf(record, sliceBy);
    return { pattern, slice, standing: rule.standing({ pattern, slice, model, task, selected, holds }) };
  };
  const rows = (records: Answer[], each?: (record: Answer) => void): Rows => {
    const features = new Float32Array(records.length * d);
    const categories = new BigInt64Array(records.length * c);
    const words = new Int32Array(records.length * length);
    const embeddings = shapes.map(({ size }) => new Float32Array(records.length * size));
    for (let i = 0; i < records.length; i++) {
      maker.row(records[i], features, i * d, indexes, 0);
      each?.(records[i]);
      for (let j = 0; j < c; j++) categories[i * c + j] = BigInt(indexes[j]);
      if (shape !== undefined) maker.words(shape, words, i * length);
      shapes.forEach((each, k) => {
        maker.vector(each, embeddings[k], i * each.size);
      });
    }
    return {
      features,
      categories,
      words: shape === undefined ? undefined : words,
      ...(shapes.length === 0 ? {} : { embeddings }),
    };
  };
  const scoreOf = (
    { id, entailments, context }: Answer,
    { pattern, slice, standing }: Placed,
    outcome: Outcome,
  ): AnswerScore => {
    const { probability, shift, logit, low, high } = outcome;
    const { decision, why, missing, claim, basis, promise } = rule.decide(standing, probability, shift > 1);
    // no spread here: it would take a tenth of a record's whole time
    const score: AnswerScore = {
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
    return entailments == null ? score : Object.assign(score, groundsOf(entailments, { context }));
  };
  const scoreFeatures: Scorer['scoreFeatures'] = async (features, categories, words, embeddings) => {
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
        embeddings: embeddings?.map((vectors, k) => vectors.subarray(from * shapes[k].size, to * shapes[k].size)),
      });
      for (const name of OUTPUTS) all[name].set(part[name], from);
    }
    return all;
  };
  const scoreDirect = (way: Direct, record: Answer): AnswerScore => {
    maker.row(record, way.features, 0, indexes, 0);
    if (shape !== undefined) maker.words(shape, way.words, 0);
    for (let k = 0; k < shapes.length; k++) maker.vector(shapes[k], way.embeddings[k], 0);
    const place = placed(record);
    const kept = keep ? keptDirect(digest, record, way, indexes) : undefined;
    const outcome = way.score(indexes);
    checkProbability(outcome.probability);
    const score = scoreOf(record, place, outcome);
    keepWith(score, kept);
    return score;
  };
  let explainer: Explainer | undefined; // made on demand: it takes a moment, and few callers ask for reasons
  const reasons: Scorer['reasons'] = (given, most) => {
    explainer ??= explainerOf(graph, manifest.signals);
    return reasonsOf(explainer, manifest.signals, given, most);
  };
  const scoreByGraph = async (records: Answer[]): Promise<AnswerScore[]> => {
    const places: Placed[] = [];
    const inputs = rows(records, (record) => places.push(placed(record)));
    const scores = await scoreFeatures(inputs.features, inputs.categories, inputs.words, inputs.embeddings);
    return records.map((record, i) => {
      const score = scoreOf(record, places[i], outcomeAt(scores, i));
      if (keep) keepWith(score, keptOfGraph(digest, record, inputs, { i, n: records.length }));
      return score;
    });
  };
  const again = async (kept: Kept, { id, pattern, slice, missing }: Before): Promise<AnswerScore> => {
    const { features, categories, words, embeddings, model, task, selected } = kept;
    const lacked = new Set(missing);
    const standing = rule.standing({ pattern, slice, model, task, selected, holds: (name) => !lacked.has(name) });
    const place = { pattern, slice, standing };
    const record: Answer = { id, answer: '' };
    if (kept.way === 'direct' && direct !== null) {
      direct.features.set(features);
      direct.words.set(words);
      for (const [k, vector] of embeddings.entries()) direct.embeddings[k].set(vector);
      return scoreOf(record, place, direct.score(categories));
    }
    const scores = await scoreFeatures(
      features,
      BigInt64Array.from(categories, BigInt),
      shape === undefined ? undefined : words,
      shapes.length === 0 ? undefined : embeddings,
    );
    return scoreOf(record, place, outcomeAt(scores, 0));
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
    again,
    reasons,
    close: () => session.release(),
  };
  return namedScorer(scorer, namingOn(manifest.naming, undefined));
}

function outcomeAt({ logit, probability, low, high, shift }: FeatureScores, i: number): Outcome {
  return { logit: logit[i], probability: probability[i], low: low[i], high: high[i], shift: shift[i] };
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

import type { SignalSchema } from '../features/schema.js';
import { embeddingInput } from '../features/vectors/embeddings.js';
import { type CompiledPredictor, type EmittedPredictor, emitPredictor } from './compiled.js';
import type { EmbeddingChannel } from './embeddings/channel.js';
import { emitEmbeddings } from './embeddings/emit.js';
import { LAYOUT_KEY, type Layout } from './layout.js';
import { Graph } from './onnx/graph.js';
import { emitPredictorNumber, patternTableOf } from './pattern-table.js';
import { compilePredictor, type Predictor } from './predictor.js';
import { emitChannel, type WordChannel } from './words/channel.js';

/** Everything that turns a row of signals into a probability. */
export interface Model<P = Predictor> {
  schema: SignalSchema;
  /** The text channel, if any predictor reads it. */
  words: WordChannel | null;
  /** The embedding channel, if any predictor reads it. */
  embeddings: EmbeddingChannel | null;
  /** The predictor for rows of any pattern that has none of its own. */
  main: P;
  /** Predictors for rows that lack groups of signals that the main predictor was fitted with. */
  patternPredictors: { pattern: string; predictor: P }[];
}

/**
 * Writes the model as one ONNX graph. Inputs: `features` float32 [n, d] (NaN = missing); if there are categorical
 * signals, `categories` int64 [n, c] (0 = unseen); if there is a text channel, `words` int32 [n, length] (0 = none);
 * if there is an embedding channel, `embeddings.NAME` float32 [n, size] for each vector (NaN = missing).
 * Outputs: `logit` [n] before and `probability` [n] after calibration; `low` and `high` [n], a 90% interval for the
 * share of right answers at this score; `shift` [n] (above 1: unlike the training answers).
 */
export function emitModel(model: Model, version: string): Uint8Array {
  return emitCompiled(
    {
      ...model,
      main: compilePredictor(model.main),
      patternPredictors: model.patternPredictors.map(({ pattern, predictor }) => ({
        pattern,
        predictor: compilePredictor(predictor),
      })),
    },
    version,
  );
}

/** The same for a model whose predictors are already compiled. */
export function emitCompiled(model: Model<CompiledPredictor>, version: string): Uint8Array {
  const graph = new Graph('vouch');
  const features = graph.input('features', 'float32', ['n', model.schema.numeric.length]);
  const { layout, ...outcome } = emitInto(graph, model, { features, ...otherInputs(graph, model) });
  nameOutputs(graph, outcome);
  graph.note(LAYOUT_KEY, JSON.stringify(layout));
  return graph.encode('vouch', version);
}

/** The nodes that a model reads: `features` [n, d] of any node, the others if the model has them. */
interface ModelInputs {
  features: string;
  categories: string | null;
  words: string | null;
  /** One for each shape of the embedding channel. */
  embeddings: string[] | null;
}

/** Declares the inputs besides `features` that the model reads. */
export function otherInputs(
  graph: Graph,
  { schema, words, embeddings }: Model<CompiledPredictor>,
): Omit<ModelInputs, 'features'> {
  const c = schema.categorical.length;
  return {
    categories: c > 0 ? graph.input('categories', 'int64', ['n', c]) : null,
    words: words === null ? null : graph.input('words', 'int32', ['n', words.length]),
    embeddings:
      embeddings === null
        ? null
        : embeddings.shapes.map(({ name, size }) => graph.input(embeddingInput(name), 'float32', ['n', size])),
  };
}

/** Emits a model after the nodes that give its inputs. */
export function emitInto(
  graph: Graph,
  { schema, words, embeddings, main, patternPredictors }: Model<CompiledPredictor>,
  inputs: ModelInputs,
): Outcome & { layout: Layout } {
  const d = schema.numeric.length;
  const { features, categories } = inputs;
  const channel = words === null || inputs.words === null ? null : emitChannel(graph, words, inputs.words);
  const vectors =
    embeddings === null || inputs.embeddings === null ? null : emitEmbeddings(graph, embeddings, inputs.embeddings);
  const index = new Map(schema.numeric.map((name, j) => [name, j]));
  const emit = (predictor: CompiledPredictor) => {
    const columns = predictor.signals.map((name) => index.get(name)!);
    const own =
      columns.length === d && columns.every((column, j) => column === j)
        ? features
        : graph.op('Gather', [features, graph.ints(columns, [columns.length])], { axis: 1 });
    const logits = [...(predictor.text ? [channel!.logit] : []), ...(predictor.embeddings ? [vectors!.logit] : [])];
    const all = logits.length === 0 ? own : graph.op('Concat', [own, ...logits], { axis: 1 });
    const { layout, ...results } = emitPredictor(graph, predictor, { features: all, categories });
    return { ...results, layout: { columns, ...layout } };
  };
  const emitted = [main, ...patternPredictors.map(({ predictor }) => predictor)].map(emit);
  const patternTable =
    patternPredictors.length === 0
      ? null
      : patternTableOf(
          schema.numeric,
          patternPredictors.map(({ pattern }) => pattern),
        );
  const outcome =
    patternTable === null
      ? emitted[0]
      : chosen(graph, emitted, emitPredictorNumber(graph, patternTable, features, d, vectors?.recorded));
  return {
    ...outcome,
    layout: {
      predictors: emitted.map((each) => each.layout),
      routes: patternTable,
      words: channel === null ? null : channel.layout,
      embeddings: vectors === null ? null : vectors.layout,
    },
  };
}

/** Names the results of a model as the outputs of its graph, each [n]. */
export function nameOutputs(graph: Graph, { logit, probability, low, high, shift }: Outcome): void {
  graph.output('logit', logit, 'float32', ['n']);
  graph.output('probability', probability, 'float32', ['n']);
  graph.output('low', low, 'float32', ['n']);
  graph.output('high', high, 'float32', ['n']);
  graph.output('shift', shift, 'float32', ['n']);
}

type Outcome = Omit<EmittedPredictor, 'layout'>;

/** The results of the predictor that each row belongs to; `predictorOfRow` [n, 1]. */
function chosen(graph: Graph, emitted: Outcome[], predictorOfRow: string): Outcome {
  const last = graph.ints([1], [1]);
  const pick = (results: string[]) => {
    const columns = results.map((result) => graph.op('Unsqueeze', [result, last])); // [n, 1] each
    const all = graph.op('Concat', columns, { axis: 1 }); // [n, predictors]
    return graph.op('Squeeze', [graph.op('GatherElements', [all, predictorOfRow], { axis: 1 }), last]); // [n]
  };
  return {
    logit: pick(emitted.map((each) => each.logit)),
    probability: pick(emitted.map((each) => each.probability)),
    low: pick(emitted.map((each) => each.low)),
    high: pick(emitted.map((each) => each.high)),
    shift: pick(emitted.map((each) => each.shift)),
  };
}

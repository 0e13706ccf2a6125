import type { SignalSchema } from '../features/schema.js';
import { badBundle } from './bundle/bad.js';
import { sliceIndexOf } from './calibrators/interval/slice-index.js';
import type { CompiledPredictor } from './compiled.js';
import { readChannel } from './embeddings/read.js';
import { readEncoder } from './encoder.js';
import { LAYOUT_KEY, type LayoutNetwork, layoutSchema, type PredictorLayout } from './layout.js';
import type { Model } from './model.js';
import type { CompiledLayers } from './networks/compile.js';
import { constantIn, type ReadModel, readModel } from './onnx/read.js';
import { patternsOf } from './pattern-table.js';
import { readCoveredTrees } from './trees/read.js';

/**
 * Reads the compiled predictors back from the constants and the layout of a graph that vouch wrote. Emitted again, they
 * give a graph with the same outputs. Null if this version does not know the graph's layout. Error: BUNDLE_BAD if the
 * layout does not fit its constants.
 */
export function readCompiled(graph: Uint8Array, schema: SignalSchema): Model<CompiledPredictor> | null {
  try {
    return compiledIn(graph, schema);
  } catch (error) {
    throw badBundle('the layout of the model does not fit it', error);
  }
}

function compiledIn(graph: Uint8Array, schema: SignalSchema): Model<CompiledPredictor> | null {
  const read = readModel(graph);
  const text = read.metadata.get(LAYOUT_KEY);
  const parsed = text === undefined ? null : layoutSchema.safeParse(JSON.parse(text));
  if (!parsed?.success) return null;
  const { predictors, routes: patternTable, words, embeddings } = parsed.data;
  const [main, ...patternPredictors] = predictors.map((layout) => readPredictor(layout, read, schema));
  const patterns = patternTable === null ? [] : patternsOf(patternTable);
  return {
    schema,
    words: words === null ? null : { ...words, weights: constantIn(read, words.weights) },
    embeddings: embeddings && readChannel(embeddings, read),
    main,
    patternPredictors: patternPredictors.map((predictor, k) => ({ pattern: patterns[k], predictor })),
  };
}

function readPredictor(layout: PredictorLayout, read: ReadModel, schema: SignalSchema): CompiledPredictor {
  const { text, embeddings, linear, bias, trees, slices, calibrator, interval, shift } = layout;
  return {
    signals: layout.columns.map((column) => schema.numeric[column]),
    text,
    embeddings,
    encoder: readEncoder(constantIn(read, layout.slope), constantIn(read, layout.offset), layout),
    networks:
      linear === null
        ? null
        : {
            linear: constantIn(read, linear),
            bias,
            layers: layout.networks.map((network) => readLayers(network, layout, read)),
          },
    trees: trees === null ? null : readCoveredTrees(read, trees),
    sliceLines: slices,
    sliceIndex: { strides: layout.strides, count: sliceIndexOf(schema.categorical).count },
    calibration: calibrator,
    interval,
    shift: {
      directions: shift.directions,
      weights: constantIn(read, shift.weights),
      offset: constantIn(read, shift.offset),
    },
  };
}

function readLayers(network: LayoutNetwork, layout: PredictorLayout, read: ReadModel): CompiledLayers {
  const encoded =
    constantIn(read, layout.slope).length +
    layout.indicators.length +
    layout.vocabularies.reduce((sum, v) => sum + v, 0);
  const { members, hidden, weights, biases, heads, inputs = encoded } = network;
  return {
    members,
    inputs,
    hidden,
    weights: weights.map((name) => constantIn(read, name)),
    biases: biases.map((name) => constantIn(read, name)),
    heads: constantIn(read, heads),
  };
}

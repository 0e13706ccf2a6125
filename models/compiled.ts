import type { Calibration } from './calibrators/calibrator.js';
import { emitInterval, type Interval, isBySlice } from './calibrators/interval/interval.js';
import { emitSlice, type SliceIndex } from './calibrators/interval/slice-index.js';
import { calibratorNamed } from './calibrators/list.js';
import { emitSliceLines, type SliceLines } from './calibrators/slice-lines.js';
import { type Encoder, emitEncoder } from './encoder.js';
import type { PredictorLayout } from './layout.js';
import type { CompiledNetworks } from './networks/compile.js';
import { emitNetworks } from './networks/emit.js';
import type { Graph } from './onnx/graph.js';
import { type CompiledShift, emitShift } from './shift.js';
import { emitTrees } from './trees/emit.js';
import type { Trees } from './trees/trees.js';

/**
 * A predictor as a graph stores it: shares, gains and threshold are multiplied into its constants. It can be emitted,
 * and read back from an emitted graph. Numeric inputs are the encoded ones over `encoderGains`.
 */
export interface CompiledPredictor {
  signals: string[];
  text: boolean;
  embeddings: boolean;
  encoder: Encoder;
  networks: CompiledNetworks | null;
  trees: Trees | null;
  sliceLines: SliceLines | null;
  sliceIndex: SliceIndex;
  calibration: Calibration;
  interval: Interval;
  shift: CompiledShift;
}

/** The nodes of the graph that a predictor reads. */
interface PredictorInputs {
  /** Float32 [n, d]: the predictor's own signals, then the logits of the channels that it reads. */
  features: string;
  categories: string | null;
}

export interface EmittedPredictor {
  /**
   * [n] each: before and after calibration, the interval for the share of right answers at this score, how unlike the
   * training answers.
   */
  logit: string;
  probability: string;
  low: string;
  high: string;
  shift: string;
  layout: Omit<PredictorLayout, 'columns'>;
}

/**
 * Emits a predictor: the sum of the logits of its networks and trees, then lines by slice, calibrator, interval and
 * shift. If the probability is outside the interval, the interval is widened to contain it.
 */
export function emitPredictor(graph: Graph, predictor: CompiledPredictor, inputs: PredictorInputs): EmittedPredictor {
  const { encoder, networks, trees, calibration, text, embeddings } = predictor;
  const { x, slope, offset, oneHots } = emitEncoder(graph, encoder, inputs.features, inputs.categories);
  let logit: string | null = null;
  let paths: ReturnType<typeof emitNetworks> | null = null;
  if (networks !== null) {
    paths = emitNetworks(graph, networks, x);
    logit = paths.logit;
  }
  let treeLayout = null;
  if (trees !== null) {
    const rows = oneHots === null ? inputs.features : graph.op('Concat', [inputs.features, oneHots], { axis: 1 });
    const { logit: sum, layout } = emitTrees(graph, trees, rows);
    logit = logit === null ? sum : graph.op('Add', [logit, sum]);
    treeLayout = layout;
  }
  const needsSlice = predictor.sliceLines !== null || isBySlice(predictor.interval);
  const slice =
    needsSlice && inputs.categories !== null ? emitSlice(graph, predictor.sliceIndex, inputs.categories) : null; // [n]
  const level =
    predictor.sliceLines === null || slice === null
      ? logit!
      : emitSliceLines(graph, predictor.sliceLines, logit!, slice); // [n]
  const probability = calibratorNamed(calibration.name).emit(graph, calibration.parameters, level); // [n]
  const interval = emitInterval(graph, predictor.interval, { logit: level, slice });
  const shift = emitShift(graph, predictor.shift, x);
  const { indicators, vocabularies } = encoder;
  return {
    logit: logit!,
    probability,
    low: graph.op('Min', [interval.low, probability]),
    high: graph.op('Max', [interval.high, probability]),
    shift: shift.shift,
    layout: {
      text,
      embeddings,
      slope,
      offset,
      indicators,
      vocabularies,
      linear: paths?.linear ?? null,
      bias: paths?.bias ?? 0,
      networks: paths?.networks ?? [],
      trees: treeLayout,
      slices: predictor.sliceLines,
      strides: predictor.sliceIndex.strides,
      calibrator: calibration,
      interval: predictor.interval,
      shift: shift.layout,
    },
  };
}

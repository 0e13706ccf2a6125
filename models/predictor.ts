import type { Calibration } from './calibrators/calibrator.js';
import { type Cells, emitCell } from './calibrators/cells.js';
import { calibratorNamed } from './calibrators/list.js';
import { emitSlices, type Slices } from './calibrators/slices.js';
import { emitVennAbers, type VennAbers } from './calibrators/venn-abers.js';
import { type Encoder, emitEncoder, encoderGains } from './encoder.js';
import type { PredictorLayout } from './layout.js';
import { emitNetworks } from './networks/emit.js';
import type { Network } from './networks/network.js';
import type { Graph } from './onnx/graph.js';
import { emitShift, type Shift } from './shift.js';
import { emitTrees } from './trees/emit.js';
import { onGrid, type Trees } from './trees/trees.js';

/** From some of the signals to a probability: networks and trees whose logits are averaged, then a calibrator. */
export interface Predictor {
  /** The numeric signals it reads, by name; all categories are read. */
  signals: string[];
  /** Whether the text channel's logit is one more signal, behind the others. */
  text: boolean;
  encoder: Encoder;
  networks: Network[];
  trees: Trees | null;
  /** A line for each (model, task) before the calibrator; null where none pays. */
  slices: Slices | null;
  cells: Cells;
  calibration: Calibration;
  /** The interval around the probability, from the logit after `slices`. */
  interval: VennAbers;
  shift: Shift;
}

/** What a predictor reads in the graph. */
export interface PredictorInputs {
  /** Float32 [n, d], d its own signals and the text channel's logit. */
  features: string;
  categories: string | null;
}

export interface EmittedPredictor {
  /** [n] each: before and after calibration, the interval around it, how unlike the training answers. */
  logit: string;
  probability: string;
  low: string;
  high: string;
  shift: string;
  layout: Omit<PredictorLayout, 'columns'>;
}

/** Emits a predictor. Each network and the trees count the same in the mean logit. */
export function emitPredictor(graph: Graph, predictor: Predictor, inputs: PredictorInputs): EmittedPredictor {
  const { encoder, networks, trees, calibration, text } = predictor;
  const { x, slope, offset, oneHots } = emitEncoder(graph, encoder, inputs.features, inputs.categories);
  const parts = networks.length + (trees === null ? 0 : 1);
  let logit: string | null = null;
  let paths: ReturnType<typeof emitNetworks> | null = null;
  if (networks.length > 0) {
    paths = emitNetworks(graph, networks, x, encoderGains(encoder), parts);
    logit = paths.logit;
  }
  let treeLayout = null;
  if (trees !== null) {
    const rows = oneHots === null ? inputs.features : graph.op('Concat', [inputs.features, oneHots], { axis: 1 }); // [n, width]
    const { logit: sum, layout } = emitTrees(graph, scaled(trees, 1 / parts), rows);
    logit = logit === null ? sum : graph.op('Add', [logit, sum]);
    treeLayout = layout;
  }
  const level =
    predictor.slices === null || inputs.categories === null
      ? logit!
      : emitSlices(graph, predictor.slices, logit!, emitCell(graph, predictor.cells, inputs.categories)); // [n]
  const probability = calibratorNamed(calibration.name).emit(graph, calibration.parameters, level); // [n]
  const interval = emitVennAbers(graph, predictor.interval, level);
  const shift = emitShift(graph, predictor.shift, x, encoderGains(encoder));
  const { indicators, vocabularies } = encoder;
  return {
    logit: logit!,
    probability,
    ...interval,
    shift: shift.shift,
    layout: {
      text,
      slope,
      offset,
      indicators,
      vocabularies,
      linear: paths?.linear ?? null,
      bias: paths?.bias ?? 0,
      embedding: paths?.embedding,
      networks: paths?.networks ?? [],
      trees: treeLayout,
      slices: predictor.slices,
      strides: predictor.cells.strides,
      calibrator: calibration,
      interval: predictor.interval,
      shift: shift.layout,
    },
  };
}

function scaled(trees: Trees, by: number): Trees {
  return { ...trees, leaves: trees.leaves.map((leaf) => onGrid(leaf * by)), bias: onGrid(trees.bias * by) };
}

import type { SignalSchema } from '../features/schema.js';
import type { Calibration } from './calibrators/calibrator.js';
import { calibratorNamed } from './calibrators/list.js';
import { type Encoder, emitEncoder, encoderGains } from './encoder.js';
import { LAYOUT_KEY, type Layout } from './layout.js';
import { emitNetworks } from './networks/emit.js';
import type { Network } from './networks/network.js';
import { Graph } from './onnx/graph.js';

/** Everything between a row of signals and a probability: networks whose logits are averaged, then a calibrator. */
export interface Model {
  schema: SignalSchema;
  encoder: Encoder;
  networks: Network[];
  calibration: Calibration;
}

/**
 * Writes the model as one ONNX graph. Inputs: `features` float32 [n, d] (NaN = missing) and, where there are categorical
 * signals, `categories` int64 [n, c] (0 = unseen). Outputs: `logit` [n] before and `probability` [n] after calibration.
 */
export function emitModel({ schema, encoder, networks, calibration }: Model, version: string): Uint8Array {
  const graph = new Graph('vouch');
  const features = graph.input('features', 'float32', ['n', schema.numeric.length]);
  const hasCategories = schema.categorical.length > 0;
  const categories = hasCategories ? graph.input('categories', 'int64', ['n', schema.categorical.length]) : null;
  const { x, slope, offset } = emitEncoder(graph, encoder, features, categories);
  const { logit, ...paths } = emitNetworks(graph, networks, x, encoderGains(encoder)); // [n]
  const probability = calibratorNamed(calibration.name).emit(graph, calibration.parameters, logit); // [n]
  graph.output('logit', logit, 'float32', ['n']);
  graph.output('probability', probability, 'float32', ['n']);
  const { indicators, vocabularies } = encoder;
  const layout: Layout = { slope, offset, indicators, vocabularies, ...paths, calibrator: calibration };
  graph.note(LAYOUT_KEY, JSON.stringify(layout));
  return graph.encode('vouch', version);
}

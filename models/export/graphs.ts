import { describeFeatures, describeRaw } from './describe.js';
import type { Exported, ExportFiles } from './export-bundle.js';
import { goldenFeatures, goldenRaw } from './golden.js';

/** The bundle's own graph, which reads signals, with a JSON file that describes its inputs in order. */
export function featureGraphFiles(exported: Exported): ExportFiles {
  return {
    'model.onnx': exported.featureGraph,
    'inputs.json': describeFeatures(exported),
    'golden.json': goldenFeatures(exported),
  };
}

/** The graph on token log-probabilities, alternatives and numbers. */
export function rawGraphFiles(exported: Exported): ExportFiles {
  return {
    'model.onnx': exported.rawGraph,
    'inputs.json': describeRaw(exported),
    'golden.json': goldenRaw(exported),
  };
}

import { describeFeatures, describeRaw } from './describe.js';
import type { Exported, ExportFiles } from './export-bundle.js';
import { goldenFeatures, goldenRaw } from './golden.js';
import { featureInputs, featureOutputs, rawInputs, rawOutputs, type TensorSpec } from './tensors.js';

/** Rows that a model takes at a time. Trees evaluate all their questions for all rows at once, which needs memory. */
const MOST_ROWS = 1024;

const types = { float32: 'TYPE_FP32', float64: 'TYPE_FP64', int32: 'TYPE_INT32', int64: 'TYPE_INT64' } as const;

/**
 * A Triton model repository: the models NAME_features and NAME_raw for Triton's onnxruntime backend. The golden rows
 * are next to the version folders.
 */
export function tritonFiles(exported: Exported): ExportFiles {
  const { manifest, plan, options } = exported;
  const features = `${options.name}_features`;
  const raw = `${options.name}_raw`;
  return {
    [`${features}/config.pbtxt`]: config(features, featureInputs(manifest.signals), featureOutputs()),
    [`${features}/${options.version}/model.onnx`]: exported.featureGraph,
    [`${features}/inputs.json`]: describeFeatures(exported),
    [`${features}/golden.json`]: goldenFeatures(exported),
    [`${raw}/config.pbtxt`]: config(raw, rawInputs(plan), rawOutputs(plan)),
    [`${raw}/${options.version}/model.onnx`]: exported.rawGraph,
    [`${raw}/inputs.json`]: describeRaw(exported),
    [`${raw}/golden.json`]: goldenRaw(exported),
  };
}

/** inference.ModelConfig as protobuf text. The rows are Triton's batch axis and are not listed in the dims. */
function config(name: string, inputs: TensorSpec[], outputs: TensorSpec[]): string {
  return `name: "${name}"
backend: "onnxruntime"
max_batch_size: ${MOST_ROWS}
${inputs.map((spec) => tensor('input', spec)).join('\n')}
${outputs.map((spec) => tensor('output', spec)).join('\n')}
instance_group [ { kind: KIND_CPU count: 1 } ]
dynamic_batching { }
parameters { key: "intra_op_thread_count" value: { string_value: "1" } }
`;
}

function tensor(kind: 'input' | 'output', { name, type, shape }: TensorSpec): string {
  const dims = shape.slice(1).map((size) => (typeof size === 'number' ? size : -1));
  const shaped = dims.length === 0 ? 'dims: [ 1 ] reshape { shape: [ ] }' : `dims: [ ${dims.join(', ')} ]`;
  return `${kind} [ { name: "${name}" data_type: ${types[type]} ${shaped} } ]`;
}

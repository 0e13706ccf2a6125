import type { Exported, ExportFiles } from './export-bundle.js';
import { featureGraphFiles, rawGraphFiles } from './graphs.js';
import { kserveFiles } from './kserve.js';
import { mlflowFiles } from './mlflow/files.js';
import { tritonFiles } from './triton.js';

/** A form in which a bundle can be exported. Its files go into the folder with its name. */
export interface Target {
  name: string;
  does: string;
  files(exported: Exported): ExportFiles | Promise<ExportFiles>;
}

/** All forms, in the order in which the help shows them. */
export const targets: readonly Target[] = [
  { name: 'feature-graph', does: 'ONNX graph on signals, inputs.json, golden.json', files: featureGraphFiles },
  { name: 'raw-graph', does: 'ONNX graph that computes token statistics itself', files: rawGraphFiles },
  { name: 'triton', does: 'model repository of both for Triton', files: tritonFiles },
  { name: 'kserve', does: 'InferenceService manifest for that repository', files: kserveFiles },
  { name: 'mlflow', does: 'two models that mlflow.pyfunc.load_model opens', files: mlflowFiles },
];

import type { Manifest } from '../../models/bundle/manifest.js';
import type { Loaded } from '../bundle/loaded.js';
import type { Work } from '../parts.js';
import type { Tensor, TensorInfo } from './tensor.js';

/** A model as the Open Inference Protocol shows it. */
export interface OpenModel {
  name: string;
  inputs(manifest: Manifest): TensorInfo[];
  outputs: TensorInfo[];
  /** Errors: BAD_REQUEST where a tensor is missing or has another shape, BAD_RECORD. */
  infer(inputs: Map<string, Tensor>, loaded: Loaded, work: Work): Promise<Tensor[]>;
}

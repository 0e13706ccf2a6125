import type { Manifest } from '../../models/bundle/manifest.js';
import type { Loaded } from '../bundle/loaded.js';
import type { Work } from '../parts.js';
import type { Tensor, TensorInfo } from './tensor.js';

/** A model in the form of the Open Inference Protocol. */
export interface OpenModel {
  name: string;
  inputs(manifest: Manifest): TensorInfo[];
  outputs: TensorInfo[];
  /** Errors: BAD_REQUEST if a tensor is missing or has another shape, BAD_RECORD. */
  infer(inputs: Map<string, Tensor>, loaded: Loaded, work: Work): Promise<Tensor[]>;
}

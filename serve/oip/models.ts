import type { Manifest } from '../../models/bundle/manifest.js';
import type { Loaded } from '../bundle/loaded.js';
import type { Work } from '../parts.js';
import { featuresModel } from './features-model.js';
import { rawModel } from './raw-model.js';
import type { Tensor, TensorInfo } from './tensor.js';
import { tokensModel } from './tokens-model.js';

/** A model as the Open Inference Protocol shows it. */
export interface OpenModel {
  name: string;
  inputs(manifest: Manifest): TensorInfo[];
  outputs: TensorInfo[];
  /** Errors: BAD_REQUEST where a tensor is missing or has another shape, BAD_RECORD. */
  infer(inputs: Map<string, Tensor>, loaded: Loaded, work: Work): Promise<Tensor[]>;
}

/** The models of a service: rows of signals, whole records, and answers with their tokens' log-probabilities. */
export function openModels(name: string): OpenModel[] {
  return [featuresModel(name), rawModel(`${name}-raw`), tokensModel(`${name}-tokens`)];
}

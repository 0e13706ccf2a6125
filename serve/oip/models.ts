import { featuresModel } from './features-model.js';
import type { OpenModel } from './open-model.js';
import { rawModel } from './raw-model.js';
import { tokensModel } from './tokens-model.js';

/** The models of a service: rows of signals, whole records, and answers with their tokens' log-probabilities. */
export function openModels(name: string): OpenModel[] {
  return [featuresModel(name), rawModel(`${name}-raw`), tokensModel(`${name}-tokens`)];
}

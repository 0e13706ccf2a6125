import { featuresModel } from './features-model.js';
import type { OpenModel } from './open-model.js';
import { rawModel } from './raw-model.js';
import { tokensModel } from './tokens-model.js';

/**
 * The models of a service: for rows of signals, for whole records, and for answers with the log-probabilities of their
 * tokens.
 */
export function openModels(name: string): OpenModel[] {
  return [featuresModel(name), rawModel(`${name}-raw`), tokensModel(`${name}-tokens`)];
}

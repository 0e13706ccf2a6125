import type { SignalSchema } from '../../features/schema.js';
import type { CompiledPredictor } from '../../models/compiled.js';
import { encodedWidth } from '../../models/encoder.js';
import type { Model } from '../../models/model.js';
import { initMember } from '../../models/networks/network.js';
import { compilePredictor } from '../../models/predictor.js';
import { random } from '../../support/random.js';
import { predictorOf } from './model-of.js';

/**
 * A compiled logistic regression with seeded weights over all signals of a schema, with a missing flag for each; no
 * hidden layer.
 */
export function compiledOf(schema: SignalSchema): Model<CompiledPredictor> {
  const { numeric, categorical, words } = schema;
  const encoder = {
    centre: numeric.map(() => 0),
    scale: numeric.map(() => 0.3),
    indicators: numeric.map((_, j) => j),
    vocabularies: categorical.map(({ vocabulary }) => vocabulary.length),
  };
  const draw = random('linear');
  const architecture = { inputs: encodedWidth(encoder), hidden: [], skip: false };
  const members = [
    initMember(architecture, 0.1, draw).map((part) => part.map((weight) => weight + 0.1 * draw.normal())),
  ];
  const predictor = predictorOf(schema, {
    encoder,
    networks: [{ architecture, members }],
    calibration: { name: 'platt', parameters: [1, 0] },
  });
  const channel =
    words === undefined ? null : { ...words, weights: new Float32Array(2 * words.buckets + 1), bias: 0.1 };
  return { schema, words: channel, embeddings: null, main: compilePredictor(predictor), patternPredictors: [] };
}

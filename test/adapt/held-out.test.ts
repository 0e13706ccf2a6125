import { expect, it } from 'vitest';
import type { AdaptedModel } from '../../adapt/adapt-model.js';
import type { AdaptedPredictor } from '../../adapt/adapt-predictor.js';
import { heldOut } from '../../adapt/held-out.js';

/** Rows 0 to 2 adapted the main predictor; row 3 goes to a predictor that had too few labels. */
const predictor: Partial<AdaptedPredictor> = {
  pattern: null,
  rows: Int32Array.of(0, 1, 2),
  before: Float64Array.of(0.5, 0.5, 0.5),
  crossed: Float64Array.of(0.6, 0.7, 0.8),
  decided: Float64Array.of(0.6, 0.7, 0.8),
};
const model: Pick<AdaptedModel, 'adapted' | 'served'> = {
  adapted: [predictor as AdaptedPredictor],
  served: (row) => (row === 3 ? 'free' : null),
};
const scored = { before: Float64Array.of(0.5, 0.5, 0.5, 0.4), after: Float64Array.of(0.9, 0.9, 0.9, 0.4) };

it('takes the answers that only certify, as the adapted bundle scores them', () => {
  const parts = { fit: Int32Array.of(0, 1), certify: Int32Array.of(2, 3) };
  expect(heldOut(parts, model, scored)).toEqual({
    how: 'held',
    rows: Int32Array.of(2, 3),
    before: Float64Array.of(0.5, 0.4),
    after: Float64Array.of(0.9, 0.4),
  });
});

it('takes cross-validated probabilities where all answers adapt', () => {
  const parts = { fit: Int32Array.of(0, 1, 2, 3), certify: new Int32Array(0) };
  expect(heldOut(parts, model, scored)).toEqual({
    how: 'cross-validated',
    rows: Int32Array.of(0, 1, 2),
    before: Float64Array.of(0.5, 0.5, 0.5),
    after: Float64Array.of(0.6, 0.7, 0.8),
  });
});

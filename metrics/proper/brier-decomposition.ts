import { pav } from '../calibration/pav.js';
import { brier } from './brier.js';

/** Brier = calibration + refinement; refinement = uncertainty − discrimination. All in units of the Brier score. */
interface BrierDecomposition {
  brier: number;
  /** How much the best increasing recalibration would lower the score (MCB); 0 means calibrated. */
  calibration: number;
  /** What would remain after it: how well right and wrong answers are separated. Lower is better. */
  refinement: number;
  /** How much lower the recalibrated prediction scores than the base rate (DSC). */
  discrimination: number;
  /** Score of the base rate (UNC). */
  uncertainty: number;
}

/**
 * Brier decomposition without bins (CORP): the recalibrated forecast is the isotonic regression of the label on the
 * probability, so the parts add up exactly and none is negative. It is in-sample, so calibration is biased up by about
 * (knots)·p(1 − p)/n. Source: Dimitriadis, Gneiting & Jordan 2021, PNAS 118(8), eq. 4.
 */
export function brierDecomposition(
  probability: Float64Array,
  label: Float64Array,
  weight = new Float64Array(label.length).fill(1),
): BrierDecomposition {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < label.length; i++) {
    sum += weight[i] * label[i];
    total += weight[i];
  }
  const score = brier(probability, label, weight);
  const refinement = brier(pav(probability, label, weight), label, weight);
  const uncertainty = brier(new Float64Array(label.length).fill(sum / total), label, weight);
  return {
    brier: score,
    calibration: score - refinement,
    refinement,
    discrimination: uncertainty - refinement,
    uncertainty,
  };
}

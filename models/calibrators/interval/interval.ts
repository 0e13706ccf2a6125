import type { Graph } from '../../onnx/graph.js';
import { type CalibrationBand, calibrationBandAt, emitCalibrationBand } from './calibration-band.js';
import { emitVennAbers, type VennAbers, vennAbersHigh, vennAbersLow } from './venn-abers.js';

/** How `low` and `high` of a predictor are computed: a band, or in older bundles Venn–Abers steps. */
export type Interval = CalibrationBand | VennAbers;

/** Both bounds at a logit, for a slice (−1: none). O(log k). */
export function intervalAt(interval: Interval, logit: number, slice: number): { low: number; high: number } {
  if ('row' in interval) return calibrationBandAt(interval, logit, slice);
  return { low: vennAbersLow(interval, logit), high: vennAbersHigh(interval, logit) };
}

/** logit [n] and int64 slice + 1 [n] (null: none) in; names of both bounds [n]. */
export function emitInterval(
  graph: Graph,
  interval: Interval,
  inputs: { logit: string; slice: string | null },
): { low: string; high: string } {
  return 'row' in interval
    ? emitCalibrationBand(graph, interval, inputs)
    : emitVennAbers(graph, interval, inputs.logit);
}

/** Whether the interval differs between slices. */
export function isBySlice(interval: Interval): boolean {
  return 'row' in interval && interval.row.some((row) => row > 0);
}

import type { Logits, Probabilities } from '../numbers.js';
import type { Graph } from '../onnx/graph.js';

/** A fitted calibrator as plain JSON: its name and its numbers. */
export interface Calibration {
  name: string;
  parameters: number[];
}

/**
 * A calibrator: fitting, application in TypeScript and ONNX nodes in one value. Simpler calibrators have a lower
 * `complexity`, which decides between equally good ones.
 */
export interface Calibrator {
  name: string;
  complexity: number;
  /** Labels y in [0, 1], weights w ≥ 0, all of length n. */
  fit(logits: Logits, y: Float64Array, w: Float64Array): number[];
  apply(parameters: number[], logits: Logits): Probabilities;
  /** logit [n] in, probability [n] out. */
  emit(graph: Graph, parameters: number[], logit: string): string;
}

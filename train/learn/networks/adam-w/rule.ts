import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { Member } from '../../../../models/networks/types.js';

/**
 * AdamW, and a running average of the parameters. Source: Loshchilov & Hutter 2019, alg. 2; Polyak & Juditsky 1992 for
 * the average.
 */
export interface AdamW {
  /** The parameters. Call inside `tf.tidy`. */
  parameters(): Tensor2D[];
  /** The running average of the parameters. Call inside `tf.tidy`. */
  average(): Tensor2D[];
  /** One step, with the gradients in the order of the parameters. Call inside `tf.tidy`. */
  step(gradients: Tensor2D[]): void;
  /** The running average as plain numbers. */
  numbers(): Promise<Member>;
  dispose(): void;
}

export interface AdamWOptions {
  learningRate: number;
  /** Decoupled weight decay. */
  decay: number;
  /** The share of the running average that each step keeps; 0: the average is the parameters. */
  averaging: number;
}

/** β1, β2 and ε of Adam. */
export const MOMENT = 0.9;
export const SQUARE = 0.999;
export const TINY = 1e-8;

/** The rate of step t (from 1), with the correction of both moments' bias. */
export function rateAt(t: number, learningRate: number): number {
  return (learningRate * Math.sqrt(1 - SQUARE ** t)) / (1 - MOMENT ** t);
}

import type * as tfjs from '@tensorflow/tfjs-core';
import type { Tensor2D } from '@tensorflow/tfjs-core';

/** tfjs as a value: the training code passes it in, so that this room imports only its types. */
export type Tf = typeof tfjs;

export type Activation = 'silu' | 'relu';

/**
 * A multi-layer perceptron with one logit out; with no hidden layer it is logistic regression. `skip` adds a linear
 * path from the input to the logit, so that the layers only learn what a linear model cannot say.
 */
export interface Architecture {
  inputs: number;
  hidden: number[];
  skip: boolean;
  /** The activation of the hidden layers; absent: SiLU. An ensemble always uses SiLU. */
  activation?: Activation;
  /** k members in one: shared weights with adapters, biases and heads of their own (models/networks/ensemble.ts). */
  ensemble?: number;
}

/**
 * Dropout masks [b, h] per hidden layer ([k·b, h] in an ensemble), already divided by the share kept; null: no dropout.
 */
export type Masks = (Tensor2D | null)[];

/** One trained member: its parameters in the order of `parameterShapes`, as plain numbers. */
export type Member = Float32Array[];

/** A trained network, from which the bundle's graph is made: members of one architecture whose logits are averaged. */
export interface Network {
  architecture: Architecture;
  members: Member[];
}

/** What the backward pass needs from the forward pass. */
export interface Pass {
  /** [b, 1]; of an ensemble [b, k]. */
  logit: Tensor2D;
  inputs: Tensor2D[];
  before: Tensor2D[];
}

/** Input of the backward pass: the forward pass's tensors and ∂loss/∂logit, shaped like the logit: [b, 1] or [b, k]. */
export interface BackwardOptions {
  tf: Tf;
  architecture: Architecture;
  parameters: Tensor2D[];
  pass: Pass;
  masks: Masks;
  slope: Tensor2D;
}

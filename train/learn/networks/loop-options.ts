/** How one member is fitted; the defaults stand in train/options.ts. */
export interface LoopOptions {
  learningRate: number;
  /** Decoupled weight decay (AdamW). */
  decay: number;
  batch: number;
  epochs: number;
  /** Epochs without a better stopping loss before it ends. */
  patience: number;
  /** Share of hidden units dropped. */
  dropout: number;
  /** Share of the running average of the parameters that a step keeps; the average is what is looked at and kept. */
  averaging?: number;
  /** Most rows passed through the loop, epochs over again: what bounds the epochs of a large set. */
  passes?: number;
}

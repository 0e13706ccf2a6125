/** How one member is fitted. The defaults are in train/options.ts. */
export interface LoopOptions {
  learningRate: number;
  /** Decoupled weight decay (AdamW). */
  decay: number;
  batch: number;
  epochs: number;
  /** The fit ends after this many epochs without a lower loss on the watched rows. */
  patience: number;
  /** Share of the hidden units that are dropped. */
  dropout: number;
  /** The share of the running average of the parameters that each step keeps. The average is measured, and it ships. */
  averaging?: number;
  /** The most rows that go through the loop in all epochs together. It limits the epochs of a large set. */
  passes?: number;
}

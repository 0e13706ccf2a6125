import { z } from 'zod';

/** How an encoder is tuned. Every default is here. */
export const tunedSchema = z.strictObject({
  /** The last layers, which are trained; the others stay as they are. */
  layers: z.number().int().min(1).max(48).default(2),
  /** The most tokens of question, context and answer that are read, special tokens included. */
  maxTokens: z.number().int().min(16).max(512).default(128),
  /** The most epochs of a fit. The learning rate falls to 0 over all of them. */
  epochs: z.number().int().min(1).max(100).default(4),
  /** A fit ends after this many epochs without a lower log-loss on the watched questions. */
  patience: z.number().int().min(1).max(100).default(2),
  /** Answers per step. */
  batch: z.number().int().min(1).max(1024).default(32),
  /** Largest learning rate of the layers, and of the head. */
  learningRate: z.number().positive().max(0.1).default(1e-4),
  headRate: z.number().positive().max(0.1).default(1e-3),
  /** Decoupled weight decay (AdamW) of matrices. */
  decay: z.number().min(0).max(1).default(0.01),
  /** Ridge penalties of the logistic regression that the head starts from. */
  penalties: z.array(z.number().positive()).min(1).default([300, 100, 30, 10]),
  /** The share of the questions of a fit that is watched. */
  watch: z.number().positive().max(0.5).default(0.15),
  /** Folds by question. */
  folds: z.number().int().min(2).max(20).default(5),
});
export type TunedOptions = z.infer<typeof tunedSchema>;

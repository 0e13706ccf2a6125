import { z } from 'zod';
import { VouchError } from '../support/errors.js';
import { backendNames } from './backend/rung.js';

/** Every default of training, once: the help text, the docs and the report read them here. */
export const loopSchema = z.strictObject({
  learningRate: z.number().positive(),
  decay: z.number().min(0),
  batch: z.number().int().positive(),
  epochs: z.number().int().positive(),
  patience: z.number().int().positive(),
  dropout: z.number().min(0).max(0.9),
  averaging: z.number().min(0).lt(1).optional(),
  passes: z.number().positive().optional(),
});

export const trainOptionsSchema = z.strictObject({
  /** Everything random follows from it. */
  seed: z.number().int().default(1),
  /** Share of errors allowed among accepted answers (α), and the confidence of that promise (1 − δ). */
  targetError: z.number().gt(0).lt(1).default(0.05),
  confidence: z.number().gt(0).lt(1).default(0.95),
  /** Field whose value names the question; wins over `group`. */
  groupBy: z.string().optional(),
  /** How the certify part is drawn: by question at random, or the latest answers. */
  split: z.enum(['group', 'time']).default('group'),
  /** Share of groups kept for certification; under `smallGroups` groups `certifyShareSmall`. */
  certifyShare: z.number().gt(0).lt(1).default(0.2),
  certifyShareSmall: z.number().gt(0).lt(1).default(0.3),
  smallGroups: z.number().int().default(600),
  /** Fewest labelled answers and groups training starts with. */
  minLabels: z.number().int().default(50),
  minGroups: z.number().int().default(20),
  folds: z.number().int().min(2).default(5),
  /** Networks of each kind whose logits are averaged. */
  members: z.number().int().positive().default(2),
  /** Members that share their weights inside each network. */
  ensemble: z.number().int().positive().default(8),
  /** Share of a member's questions held back to stop it. */
  stopShare: z.number().gt(0).lt(1).default(0.15),
  backend: z.enum(['auto', ...backendNames]).default('auto'),
  learners: z.array(z.enum(['logistic', 'mlp', 'blend'])).default(['logistic', 'mlp', 'blend']),
  hidden: z.array(z.number().int().positive()).default([32, 32]),
  /** Ridge penalties of logistic regression, strongest first; the one with the least out-of-fold log-loss is used. */
  penalties: z.array(z.number().positive()).default([100, 30, 10, 3, 1, 0.3]),
  mlp: loopSchema.default({
    learningRate: 2e-3,
    decay: 3e-2,
    batch: 256,
    epochs: 60,
    patience: 10,
    dropout: 0.2,
    averaging: 0.95,
    passes: 600_000,
  }),
  /** Grouped-bootstrap resamples behind every interval. */
  resamples: z.number().int().positive().default(2000),
  /** Fewest fit rows a pattern of signals needs to be certified on its own. */
  patternRows: z.number().int().default(100),
  /** Alternatives per token; 0: the most common number among the first answers. */
  topK: z.number().int().min(0).default(0),
});

export type TrainOptions = z.infer<typeof trainOptionsSchema>;
export type LearnerName = TrainOptions['learners'][number];

/** Checks options from a config file or the command line. Error: BAD_USAGE with the field. */
export function parseOptions(raw: unknown, file?: string): TrainOptions {
  const parsed = trainOptionsSchema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new VouchError('BAD_USAGE', issue.message, { file, field: issue.path.join('.') || undefined });
}

import { z } from 'zod';
import type { HashShape } from '../features/hashed-words.js';
import { SLICE_PART } from '../features/slice.js';
import { costsSchema } from '../models/costs.js';
import { VouchError } from '../support/errors.js';
import { backendNames } from './backend/rung.js';

/**
 * `rate` is the base rate for every answer, `signal` Platt scaling of one signal, `blend` shares of all other learners, and of the signal too
 * on few questions.
 */
export const learnerNames = ['rate', 'signal', 'logistic', 'trees', 'mlp', 'tabm', 'blend'] as const;

/** Every default of training, once: the help text, the docs and the report read them here. */
const loopSchema = z.strictObject({
  learningRate: z.number().positive(),
  decay: z.number().min(0),
  batch: z.number().int().positive(),
  epochs: z.number().int().positive(),
  patience: z.number().int().positive(),
  dropout: z.number().min(0).max(0.9),
  averaging: z.number().min(0).lt(1).optional(),
  passes: z.number().positive().optional(),
});

/** Boosted trees; `rows` and `columns` are the shares of them a tree is grown on. */
export const boostSchema = z.strictObject({
  depth: z.number().int().min(1).max(8).default(6),
  rate: z.number().positive().max(1).default(0.1),
  /** Most trees, and trees without a better stopping loss before it ends. */
  most: z.number().int().positive().default(600),
  patience: z.number().int().positive().default(40),
  /** Added to the curvature of a leaf. */
  l2: z.number().positive().default(5),
  columns: z.number().gt(0).max(1).default(0.5),
  rows: z.number().gt(0).max(1).default(0.8),
  /** Most rows a tree is grown on, whatever their share. */
  mostRows: z.number().int().positive().default(20_000),
  /** Bins of a column, the missing apart. */
  bins: z.number().int().min(2).max(254).default(32),
});

export type BoostOptions = z.infer<typeof boostSchema>;

export const trainOptionsSchema = z.strictObject({
  /** Everything random follows from it. */
  seed: z.number().int().default(1),
  /** Share of errors allowed among accepted answers (α), and the confidence of that promise (1 − δ). */
  targetError: z.number().gt(0).lt(1).default(0.05),
  confidence: z.number().gt(0).lt(1).default(0.95),
  /** Field whose value names the question; wins over `group`. */
  groupBy: z.string().optional(),
  /** Whether groups by `groupBy` that ask nearly the same become one; without that field they always do. */
  mergeNear: z.boolean().default(false),
  /** Whether the bundle keeps salted, truncated fingerprints of its questions, for `evaluate` to leave them out. */
  fingerprints: z.boolean().default(true),
  /**
   * Which labels certify: `split`: a part that never trains, with a guarantee at any number of labels; `cross`: all of them, which
   * also train (nested cross-fitting, asymptotic); `auto`: cross below `crossGroups` questions, unless the split is by time.
   */
  certify: z.enum(['auto', 'cross', 'split']).default('auto'),
  crossGroups: z.number().int().default(10_000),
  /**
   * With a split: whether what ships is trained anew on all labels and promises nothing. `auto`: where nothing was certified at any
   * error rate.
   */
  refit: z.enum(['auto', 'always', 'never']).default('auto'),
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
  /** Fewest labelled answers, and groups, that a predictor is adapted to. */
  adaptLabels: z.number().int().min(2).default(30),
  adaptGroups: z.number().int().min(2).default(10),
  /** Ensembles of networks whose logits are averaged; of plain networks (mlp) twice as many. */
  members: z.number().int().positive().default(1),
  /** Members that share their weights inside each network. */
  ensemble: z.number().int().positive().default(8),
  backend: z.enum(['auto', ...backendNames]).default('auto'),
  /** Threads to fit in where the backend has one only; 0: one a core. The results do not depend on it. */
  threads: z.number().int().min(0).default(0),
  learners: z.array(z.enum(learnerNames)).default(['rate', 'signal', 'logistic', 'trees', 'tabm', 'blend']),
  /** Patterns of signals that rows may come with although none was recorded so: for each a predictor of its own. */
  patterns: z
    .array(
      z
        .string()
        .regex(
          /^free(\+(logprobs|samples|verifiers|others))*$/,
          'free, or free+logprobs+samples+verifiers+others with some left out',
        ),
    )
    .default(['free', 'free+logprobs', 'free+samples', 'free+verifiers', 'free+others']),
  /** `numbers`: only signals that come from numbers alone, which a graph made by `vouch export --as raw-graph` computes in any language. */
  signals: z.enum(['all', 'numbers']).default('all'),
  /** Learners of those predictors, and ensembles of trees in them. */
  patternLearners: z.array(z.enum(learnerNames)).default(['rate', 'signal', 'logistic', 'trees', 'blend']),
  patternTreeMembers: z.number().int().positive().default(1),
  /** Hashed words for the text channel: ids an answer has, buckets for question and answer each; length 0: no channel. */
  words: z
    .strictObject({ length: z.number().int().min(0), buckets: z.number().int().positive() })
    .default({ length: 96, buckets: 4096 }),
  /** Whether the report's costly tables are made however many answers there are. */
  report: z.enum(['normal', 'full']).default('normal'),
  /** Share of answers like those trained on that may count as shifted. */
  shiftFlags: z.number().gt(0).lt(0.5).default(0.05),
  /** Ridge penalties of the text channel, strongest first. */
  wordPenalties: z.array(z.number().positive()).default([10, 3, 1, 0.3]),
  /** Ensembles of boosted trees whose logits are averaged. */
  treeMembers: z.number().int().positive().default(2),
  trees: boostSchema.prefault({}),
  hidden: z.array(z.number().int().positive()).default([32, 32]),
  /** Ridge penalties of logistic regression, strongest first, and how much a pilot fit spares the weights it found large. */
  penalties: z.array(z.number().positive()).default([1000, 300, 100, 30, 10, 3, 1]),
  adaptive: z.array(z.number().min(0)).min(1).default([0, 2]),
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
  /** Strengths of pooling tried for a line of each (model, task): 1/sd² of its shift on the logit; one line for all is tried too. */
  sliceStrengths: z.array(z.number().positive()).default([256, 64, 16, 4, 1]),
  /** Grouped-bootstrap resamples behind every interval. */
  resamples: z.number().int().positive().default(2000),
  /** Fewest fit rows a pattern of signals (and slice) needs to be certified on its own. */
  patternRows: z.number().int().default(100),
  /** What a decision's threshold is certified for: each pattern of signals, or each slice of a pattern. */
  certifyBy: z.enum(['pattern', 'slice']).default('pattern'),
  /** What a slice is made of: `model`, `task`, `features.NAME` (a text of the user's own). */
  sliceBy: z
    .array(z.string().regex(SLICE_PART, 'a slice is made of model, task or features.NAME'))
    .min(1)
    .default(['model', 'task']),
  /** Whether the thresholds hold all together with the confidence asked for (Bonferroni), or each on its own. */
  simultaneous: z.boolean().default(false),
  /** Whose answers are decided without a promise although no label was seen of them: on the user's own responsibility. */
  acceptUnseen: z.array(z.enum(['models'])).default([]),
  /** Signals that the leak alarm may name without keeping the bundle from certifying anything. */
  allowLeak: z.array(z.string()).default([]),
  /** What a wrong, an abstained and an escalated answer cost; makes decisions three-way. */
  costs: costsSchema.optional(),
  /** Alternatives per token; 0: the most common number among the first answers. */
  topK: z.number().int().min(0).default(0),
});

/** The words to collect for the text channel; null where it is turned off. */
export function wordsOf({ words, signals }: TrainOptions): HashShape | null {
  return words.length === 0 || signals === 'numbers' ? null : words;
}

export type TrainOptions = z.infer<typeof trainOptionsSchema>;
export type LearnerName = (typeof learnerNames)[number];

/** Checks options from a config file or the command line. Error: BAD_USAGE with the field. */
export function parseOptions(raw: unknown, file?: string): TrainOptions {
  const parsed = trainOptionsSchema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new VouchError('BAD_USAGE', issue.message, { file, field: issue.path.join('.') || undefined });
}

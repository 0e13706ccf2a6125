// All options of training. The file is over 300 lines because they are read together, as one list.
import { z } from 'zod';
import type { HashShape } from '../features/hashed-words.js';
import { SLICE_PART } from '../features/slice.js';
import { costsSchema } from '../models/costs.js';
import { VouchError } from '../support/errors.js';
import { meantShare } from '../support/meant-share.js';
import { backendNames } from './backend/rung.js';

/**
 * `rate` predicts the base rate for every answer, `signal` is Platt scaling of one signal, and `blend` is a weighted
 * sum of all other learners, which includes `signal` on few questions.
 */
export const learnerNames = ['rate', 'signal', 'logistic', 'trees', 'mlp', 'tabm', 'blend'] as const;

/**
 * All defaults of training are in this file; the help text, the docs and the report read them here. The comment of an
 * option is its description in docs/options.md and docs/config.schema.json.
 */
const loopSchema = z.strictObject({
  /** Learning rate of AdamW. */
  learningRate: z.number().positive(),
  /** Weight decay of AdamW. */
  decay: z.number().min(0),
  /** Answers per step. */
  batch: z.number().int().positive(),
  /** The most passes over the training answers. */
  epochs: z.number().int().positive(),
  /** The fit ends after this many passes without a lower stopping loss. */
  patience: z.number().int().positive(),
  /** Share of the hidden units that are left out in a step. */
  dropout: z.number().min(0).max(0.9),
  /** The result is a running mean of the weights with this decay; absent: it is the last weights. */
  averaging: z.number().min(0).lt(1).optional(),
  /**
   * The most answers that are read in all epochs together; absent: no limit. From 40,000 training answers on, the default
   * grows: to twice as many with 80,000.
   */
  passes: z.number().positive().optional(),
});

/** Boosted trees. With more than 5,000 training answers, `train/choose/capacity.ts` gives them more capacity. */
export const boostSchema = z.strictObject({
  /** Depth of each tree. */
  depth: z.number().int().min(1).max(8).default(6),
  /**
   * Learning rate: the share of each tree's prediction that is added. From 5,000 answers on it falls slowly. `rate`,
   * `most`, `patience` and `mostRows` all hold for any number of answers once one of them is not the default.
   */
  rate: z.number().positive().max(1).default(0.1),
  /** The most trees. From 5,000 answers on there may be more, most with 80,000: 2,400. */
  most: z.number().int().positive().default(600),
  /** The fit ends after this many trees without a lower stopping loss. */
  patience: z.number().int().positive().default(40),
  /** Ridge penalty, which is added to the curvature of each leaf. */
  l2: z.number().positive().default(5),
  /** Share of the columns that each tree is grown on. */
  columns: z.number().gt(0).max(1).default(0.5),
  /** Share of the rows that each tree is grown on. */
  rows: z.number().gt(0).max(1).default(0.8),
  /** The most rows that a tree is grown on, even if their share allows more. From 5,000 answers on: 64,000. */
  mostRows: z.number().int().positive().default(20_000),
  /** Number of bins of a column, not counting the bin for missing values. */
  bins: z.number().int().min(2).max(254).default(32),
});

export type BoostOptions = z.infer<typeof boostSchema>;

/** The probe of hidden states. */
const probeSchema = z.strictObject({
  /**
   * Whether a probe is tried. `auto`: from 1,000 answers per fit and 512 numbers on, where vectors of sentence encoders
   * (`--encoder`) do not count. It is used only if it has a lower out-of-fold loss than logistic regression and
   * projections.
   */
  tried: z.enum(['auto', 'always', 'never']).default('auto'),
  /** Widths of the hidden layers (ReLU). */
  widths: z.array(z.number().int().positive().max(1024)).min(1).max(8).default([256, 128, 64]),
  /** Share of the hidden units that are left out in a step. */
  dropout: z.number().min(0).max(0.9).default(0.3),
  /** Learning rate of AdamW. */
  learningRate: z.number().positive().default(5e-4),
  /** Weight decay of AdamW. */
  decay: z.number().min(0).default(0.3),
  /** Answers per step. */
  batch: z.number().int().positive().default(128),
  /** The most passes over the training answers. */
  epochs: z.number().int().positive().default(20),
  /** The fit ends after this many passes without a lower out-of-fold loss. */
  patience: z.number().int().positive().default(3),
});

/** The embedding channel: a logistic regression or a network on vectors. */
export const embeddingsSchema = z.strictObject({
  /** Whether vectors in `embeddings` are read. */
  channel: z.boolean().default(true),
  /** Ridge penalties of logistic regression on all numbers of the vectors, for vectors of length 1, strongest first. */
  penalties: z.array(z.number().positive()).min(1).default([100, 30, 10, 3, 1]),
  /** Widths of the learned projections that are tried, smallest first; empty list: only logistic regression. */
  widths: z.array(z.number().int().positive().max(256)).default([8, 16]),
  /** Learning rate of AdamW. */
  learningRate: z.number().positive().default(2e-3),
  /** Weight decay of AdamW. */
  decay: z.number().min(0).default(0.3),
  /** Answers per step. */
  batch: z.number().int().positive().default(256),
  /** The most passes over the training answers. */
  epochs: z.number().int().positive().default(20),
  /** The fit ends after this many passes without a lower out-of-fold loss. */
  patience: z.number().int().positive().default(3),
  /** The probe of hidden states, a deeper network. */
  probe: probeSchema.prefault({}),
});

export type EmbeddingOptions = z.infer<typeof embeddingsSchema>;

/** The most characters of a text for the card. */
const MOST_TEXT = 2000;

export const trainOptionsSchema = z.strictObject({
  /** Seed for all random steps. */
  seed: z.number().int().default(1),
  /** Share of errors that is allowed among accepted answers (α). */
  targetError: z.number().gt(0).lt(1).default(0.05),
  /** Confidence of that promise (1 − δ). */
  confidence: z.number().gt(0).lt(1).default(0.95),
  /** Field whose value identifies the question; it takes precedence over `group`. */
  groupBy: z.string().optional(),
  /** Whether groups of `groupBy` with nearly the same question are merged. Without `groupBy` they always are. */
  mergeNear: z.boolean().default(false),
  /**
   * Whether the bundle stores salted, truncated fingerprints of its questions, so that `evaluate` can leave them out.
   */
  fingerprints: z.boolean().default(true),
  /**
   * Which labels certify. `split`: a part that does not train, with a guarantee for any number of labels. `cross`: all
   * labels, which also train (nested cross-fitting, asymptotic). `auto`: `cross` below `crossGroups` questions, unless
   * the split is by time.
   */
  certify: z.enum(['auto', 'cross', 'split']).default('auto'),
  /** With `certify: auto`: `split` from this many questions on, `cross` below. */
  crossGroups: z.number().int().default(10_000),
  /**
   * With a split: whether the shipped predictor is trained again on all labels, without any promise. `auto`: if nothing
   * was certified at any error rate.
   */
  refit: z.enum(['auto', 'always', 'never']).default('auto'),
  /** How the certify part is drawn: by question at random, or the latest answers. */
  split: z.enum(['group', 'time']).default('group'),
  /** With a split: the share of the questions that only certify. */
  certifyShare: z.number().gt(0).lt(1).default(0.2),
  /** The same share for fewer than `smallGroups` questions. */
  certifyShareSmall: z.number().gt(0).lt(1).default(0.3),
  /** Number of questions below which `certifyShareSmall` is used. */
  smallGroups: z.number().int().default(600),
  /** The fewest labelled answers that training accepts. */
  minLabels: z.number().int().default(50),
  /** The fewest questions that training accepts. */
  minGroups: z.number().int().default(20),
  /** Folds of the cross-fitting, by question. */
  folds: z.number().int().min(2).default(5),
  /** The fewest labelled answers from which `vouch adapt` adapts a predictor. */
  adaptLabels: z.number().int().min(2).default(30),
  /** The fewest questions from which `vouch adapt` adapts a predictor. */
  adaptGroups: z.number().int().min(2).default(10),
  /** Number of network ensembles whose logits are averaged; for plain networks (`mlp`), twice as many. */
  members: z.number().int().positive().default(1),
  /** Number of members that share weights inside each network. */
  ensemble: z.number().int().positive().default(8),
  /** Compute backend for the networks; `auto` takes the fastest one that works here. */
  backend: z.enum(['auto', ...backendNames]).default('auto'),
  /**
   * Number of threads; 0: one per core. On libtensorflow and on a GPU only the text channel and the trees use them. The
   * results do not depend on it.
   */
  threads: z.number().int().min(0).default(0),
  /** Learners that are tried for the main predictor. */
  learners: z.array(z.enum(learnerNames)).default(['rate', 'signal', 'logistic', 'trees', 'tabm', 'blend']),
  /** Patterns that later answers may have because they lack signals of the training answers; each gets a predictor. */
  patterns: z
    .array(
      z
        .string()
        .regex(
          /^free(\+(logprobs|samples|verifiers|others|encoder))*$/,
          'free, or free+logprobs+samples+verifiers+others+encoder with some left out',
        ),
    )
    .default(['free', 'free+logprobs', 'free+samples', 'free+verifiers', 'free+others']),
  /**
   * `numbers`: only signals computed from numbers, which the graph of `vouch export --as raw-graph` computes itself.
   */
  signals: z.enum(['all', 'numbers']).default('all'),
  /** Learners that are tried for the predictors of `patterns`. */
  patternLearners: z.array(z.enum(learnerNames)).default(['rate', 'signal', 'logistic', 'trees', 'blend']),
  /** The same as `treeMembers`, for the predictors of `patterns`. */
  patternTreeMembers: z.number().int().positive().default(1),
  /** The text channel, which reads the words of question and answer by their hashes. */
  words: z
    .strictObject({
      /** Words that are read per answer; 0: no text channel. */
      length: z.number().int().min(0),
      /** Buckets of the hash for the question, and as many for the answer. */
      buckets: z.number().int().positive(),
    })
    .default({ length: 96, buckets: 4096 }),
  /** The embedding channel, which reads the vectors of `embeddings`. */
  embeddings: embeddingsSchema.prefault({}),
  /** `full`: the slow tables of the report are computed even if there are many answers. */
  report: z.enum(['normal', 'full']).default('normal'),
  /** Whether the report shows questions and answers next to the most confident mistakes. */
  reportTexts: z.boolean().default(false),
  /** Share of the training answers whose `shift` is above 1; it sets the scale of `shift`. */
  shiftFlags: z.number().gt(0).lt(0.5).default(0.05),
  /** Ridge penalties of the text channel, strongest first. */
  wordPenalties: z.array(z.number().positive()).default([10, 3, 1, 0.3]),
  /** Number of boosted-tree ensembles whose logits are averaged. */
  treeMembers: z.number().int().positive().default(2),
  /** The boosted trees. */
  trees: boostSchema.prefault({}),
  /** Widths of the hidden layers of the networks. */
  hidden: z.array(z.number().int().positive()).default([32, 32]),
  /** Ridge penalties of logistic regression, strongest first. */
  penalties: z.array(z.number().positive()).default([1000, 300, 100, 30, 10, 3, 1]),
  /** Powers of the adaptive ridge that are tried; 0: the plain ridge. */
  adaptive: z.array(z.number().min(0)).min(1).default([0, 2]),
  /** How the networks are trained. */
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
  /**
   * How strongly the recalibration lines of all (model, task) are drawn to a common line; each strength is tried. It is
   * 1/sd², where sd is the expected standard deviation of their shifts on the logit. One line for all is tried too.
   */
  sliceStrengths: z.array(z.number().positive()).default([256, 64, 16, 4, 1]),
  /** Draws of the grouped bootstrap behind every interval. */
  resamples: z.number().int().positive().default(2000),
  /** The fewest training answers that a pattern of signals (or a slice of it) needs to be certified. */
  patternRows: z.number().int().default(100),
  /** What each claim is about: a pattern of signals, or a slice of a pattern. */
  certifyBy: z.enum(['pattern', 'slice']).default('pattern'),
  /** The fields that make a slice: `model`, `task`, `features.NAME` (a text field of the user). */
  sliceBy: z
    .array(z.string().regex(SLICE_PART, 'a slice is made of model, task or features.NAME'))
    .min(1)
    .default(['model', 'task']),
  /** Whether all claims hold together with the given confidence (Bonferroni), or each on its own. */
  simultaneous: z.boolean().default(false),
  /**
   * Which answers get a decision although no promise covers them, at the user's own risk: those of unseen `models`.
   */
  acceptUnseen: z.array(z.enum(['models'])).default([]),
  /** Signals for which the leak alarm does not stop certification. */
  allowLeak: z.array(z.string()).default([]),
  /** The costs of a wrong, an abstained and an escalated answer; with them, decisions have three outcomes. */
  costs: costsSchema.optional(),
  /** Alternatives to read per token; 0: the most common number among the first answers. */
  topK: z.number().int().min(0).default(0),
  /** For the card: who is responsible for the bundle. Empty: not stated. */
  owner: z.string().max(MOST_TEXT).default(''),
  /** For the card: whom to ask about the bundle. Empty: not stated. */
  contact: z.string().max(MOST_TEXT).default(''),
  /** For the card: what the bundle is meant for. Empty: not stated. */
  intendedUse: z.string().max(MOST_TEXT).default(''),
  /** For the card: the version of the bundle. Empty: not stated. */
  bundleVersion: z.string().max(MOST_TEXT).default(''),
});

/** The shape of the words for the text channel; null if it is turned off. */
export function wordsOf({ words, signals }: TrainOptions): HashShape | null {
  return words.length === 0 || signals === 'numbers' ? null : words;
}

export type TrainOptions = z.infer<typeof trainOptionsSchema>;
export type LearnerName = (typeof learnerNames)[number];

/**
 * The options of an earlier run that are still valid, overridden by those that are `given`. `names`: which of the earlier
 * ones count.
 */
export function validOptions(
  names: readonly (keyof TrainOptions)[],
  before: Record<string, unknown>,
  given: Partial<TrainOptions>,
): Record<string, unknown> {
  const known = names.filter(
    (name) => name in before && trainOptionsSchema.shape[name].safeParse(before[name]).success,
  );
  return {
    ...Object.fromEntries(known.map((name) => [name, before[name]])),
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  };
}

/** Checks options from a config file or the command line. Error: BAD_USAGE with the field. */
export function parseOptions(raw: unknown, file?: string): TrainOptions {
  const parsed = trainOptionsSchema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const hint = hintFor(issue, valueAt(raw, issue.path));
  const place = { file, field: issue.path.join('.') || undefined };
  throw new VouchError('BAD_USAGE', issue.message, hint === undefined ? place : { ...place, hint });
}

/** The hint where a share was given as a percentage: as a number above it, or as a text with %. */
function hintFor(issue: z.core.$ZodIssue, value: unknown): string | undefined {
  if (issue.code === 'too_big' && Number(issue.maximum) <= 1) return meantShare(value, Number(issue.maximum));
  return issue.code === 'invalid_type' && issue.expected === 'number' ? meantShare(value) : undefined;
}

/** The value in the options at the path of an issue. */
function valueAt(raw: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce((at: unknown, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], raw);
}

import { z } from 'zod';
import { pluginKinds } from '../../support/plugins/plugin.js';
import { costsSchema, cutsSchema } from '../costs.js';
import { embeddingShapeSchema } from '../layout.js';

/**
 * The format version. It is raised when an older vouch could not read the new format. From version 2 on, `accept` means
 * what was certified. Older bundles do not say what their claims rest on, so their claims no longer decide anything.
 */
export const FORMAT_VERSION = 2;

/** Whether a bundle has an older format. Its probabilities are used, but it makes no decisions. */
export function isOld({ formatVersion }: Pick<Manifest, 'formatVersion'>): boolean {
  return formatVersion < FORMAT_VERSION;
}

/** What the user is told about an older bundle. */
export const OLD_BUNDLE =
  'This bundle has an older format: it gives probabilities, but no decisions. Train again, or adapt it (vouch adapt).';

/**
 * `natural`: certified on rows that came with exactly these signals. `hidden`: certified on rows with more signals, the
 * others hidden; this is a weaker claim.
 */
export const bases = ['natural', 'hidden'] as const;
export type Basis = (typeof bases)[number];

/** `finite-sample`: valid for any number of labels. `asymptotic`: valid for many labels. */
const guarantees = ['finite-sample', 'asymptotic'] as const;
export type Guarantee = (typeof guarantees)[number];

/** A certified claim: among accepted answers with these signals, at most α errors, with confidence 1 − δ. */
const thresholdSchema = z.looseObject({
  /** Unique in the bundle. A row that it accepts names it. */
  id: z.string(),
  /** The signal groups that a row must have, for example `free+logprobs`. */
  pattern: z.string(),
  /**
   * Names of signals that (nearly) all training rows of this pattern had: `features.tenure`, `context`. A row without
   * one of them is not covered.
   */
  signals: z.array(z.string()),
  /**
   * Further signals that the training rows of a task, of a model, or of a model and task had. A row of the same kind
   * without one of them is not covered.
   */
  signalsOf: z
    .array(z.object({ task: z.string().optional(), model: z.string().optional(), signals: z.array(z.string()) }))
    .optional(),
  basis: z.enum(bases),
  guarantee: z.enum(guarantees),
  /** The slice that a row must belong to, if decisions are made by slice. */
  slice: z.string().nullish(),
  /** Accept at or above this probability; null if nothing could be certified. */
  threshold: z.number().nullable(),
  alpha: z.number(),
  delta: z.number(),
  /** Rows and groups of the certify part that have this pattern. */
  n: z.number(),
  groups: z.number(),
  accepted: z.number(),
  acceptedGroups: z.number(),
  /** Share of accepted rows, and the share of errors among them, as observed on the certify part. */
  coverage: z.number(),
  error: z.number().nullable(),
  method: z.string(),
  /** If threshold is null: what the user can do. */
  advice: z.string().nullish(),
});

/** What is decided without a promise, on the user's own responsibility: answers of models that training never saw. */
const acceptUnseenSchema = z.looseObject({ what: z.enum(['models']), promise: z.literal('none') });

/** How decisions are made. Absent: by the threshold of the row's pattern alone. */
const decisionsSchema = z.looseObject({
  by: z.enum(['pattern', 'slice']),
  /** The fields that define a slice, in order: `model`, `task`, `features.NAME`. */
  sliceBy: z.array(z.string()),
  /** The cost table and the probabilities at which the cheapest action changes. No threshold is below `cuts.accept`. */
  costs: costsSchema.nullish(),
  cuts: cutsSchema.nullish(),
  acceptUnseen: z.array(acceptUnseenSchema).nullish(),
});

export const manifestSchema = z.looseObject({
  formatVersion: z.number(),
  vouch: z.string(),
  created: z.string().nullish(),
  signals: z.object({
    topK: z.number().min(0).max(100_000),
    numeric: z.array(z.string()).max(100_000),
    categorical: z.array(z.object({ name: z.string(), vocabulary: z.array(z.string()) })).max(10_000),
    words: z
      .object({
        length: z.number().int().min(0).max(100_000),
        buckets: z
          .number()
          .int()
          .min(0)
          .max(2 ** 26),
      })
      .optional(),
    /** The vectors that the embedding channel reads, in order. */
    embeddings: z.array(embeddingShapeSchema).min(1).max(64).optional(),
  }),
  model: z.looseObject({ name: z.string() }),
  calibrator: z.object({ name: z.string(), parameters: z.array(z.number()) }),
  thresholds: z.array(thresholdSchema),
  decisions: decisionsSchema.nullish(),
  data: z.looseObject({
    fingerprint: z.string(),
    /** The tasks seen in training. An answer to another task gets no decision. Absent in older bundles. */
    tasks: z.array(z.string()).optional(),
    models: z.array(z.string()).optional(),
    /**
     * Which of the fields prompt, model and task (nearly) all training answers had. An answer without one of them gets
     * no decision.
     */
    fields: z.array(z.string()).optional(),
    /** Number of labelled answers, and of their questions. */
    answers: z.number().optional(),
    groups: z.number().optional(),
    /**
     * If it was trained anew on old and fresh answers: the share of the held-out fresh ones that count as shifted, and
     * the number of their questions.
     */
    fresh: z.object({ questions: z.number(), flagged: z.number() }).optional(),
    /**
     * How answers were grouped into questions: the field of --group-by, and how many groups each rule made. Absent in
     * older bundles.
     */
    grouping: z.looseObject({ field: z.string().nullable(), made: z.record(z.string(), z.number()) }).optional(),
  }),
  /**
   * If the bundle was adapted from another one: the SHA-256 of that bundle's manifest, and the share of the new answers
   * that count as shifted (absent in older bundles).
   */
  adapted: z.looseObject({ from: z.string(), flagged: z.number().optional() }).nullish(),
  /** Other names of models, as in the training answers: name in logs → name that is used. The scorer applies them. */
  naming: z
    .looseObject({
      aliases: z.record(z.string(), z.string()),
      /** The names given to models and tasks if the log had none. For information only. */
      model: z.string().optional(),
      task: z.string().optional(),
    })
    .nullish(),
  /** The plug-ins that the bundle was made with. `hash` is the SHA-256 of the module's file. Absent: none. */
  plugins: z
    .array(z.object({ kind: z.enum(pluginKinds), name: z.string(), version: z.number(), hash: z.string() }))
    .max(1000)
    .optional(),
  /**
   * The sentence encoders that training read answers with. `sha256` is that of their files together; from the cosine
   * `sameAt` on two texts mean the same. Absent: none.
   */
  encoders: z
    .array(
      z.object({
        name: z.string(),
        sha256: z.string(),
        maxTokens: z.number(),
        pooling: z.string(),
        sameAt: z.number().optional(),
      }),
    )
    .max(100)
    .optional(),
  options: z.record(z.string(), z.unknown()),
  seed: z.number(),
  versions: z.record(z.string(), z.string()),
  /** SHA-256 of every other file of the bundle, in hex. */
  files: z.record(z.string(), z.string()),
  /** Size of each of them in bytes. Absent in older bundles. */
  sizes: z.record(z.string(), z.number().int().min(0)).optional(),
});

export type Manifest = z.infer<typeof manifestSchema>;
export type Threshold = z.infer<typeof thresholdSchema>;
export type Decisions = z.infer<typeof decisionsSchema>;

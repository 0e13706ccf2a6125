import { z } from 'zod';
import { costsSchema, cutsSchema } from '../costs.js';

/**
 * Raised when an older vouch could no longer read what is written. From 2 on `accept` means what was certified: the claims of older
 * bundles do not say what they rest on, and decide nothing any more.
 */
export const FORMAT_VERSION = 2;

/** Whether a bundle's claims decide. Of one that is older its probabilities are used, and nothing is decided. */
export function isOld({ formatVersion }: Pick<Manifest, 'formatVersion'>): boolean {
  return formatVersion < FORMAT_VERSION;
}

/** What is said of an older bundle. */
export const OLD_BUNDLE =
  'This bundle is of an older format: it gives probabilities and no decisions. Train again, or adapt it (vouch adapt).';

/** `natural`: certified on rows that came with just these signals; `hidden`: on rows with more, the rest hidden. A weaker claim. */
export const bases = ['natural', 'hidden'] as const;
export type Basis = (typeof bases)[number];

/** `finite-sample`: holds at any number of labels; `asymptotic`: with many. */
const guarantees = ['finite-sample', 'asymptotic'] as const;
export type Guarantee = (typeof guarantees)[number];

/** A certified promise: among accepted answers with these signals, at most α errors, with confidence 1 − δ. */
const thresholdSchema = z.looseObject({
  /** Unique in the bundle; a row that is accepted by it says so. */
  id: z.string(),
  /** Which signal groups a row must hold, `free+logprobs` say. */
  pattern: z.string(),
  /** Signals that training rows of this pattern (nearly) always had, by name: `features.tenure`, `context`. A row without one is not covered. */
  signals: z.array(z.string()),
  /** Further signals that those of a task, of a model, or of a model on a task had. A row of them without one is not covered. */
  signalsOf: z
    .array(z.object({ task: z.string().optional(), model: z.string().optional(), signals: z.array(z.string()) }))
    .optional(),
  basis: z.enum(bases),
  guarantee: z.enum(guarantees),
  /** Which slice it must belong to, where decisions go by slice. */
  slice: z.string().nullish(),
  /** Accept at or above this probability; null where nothing could be certified. */
  threshold: z.number().nullable(),
  alpha: z.number(),
  delta: z.number(),
  /** Rows and groups of the certify part with this pattern. */
  n: z.number(),
  groups: z.number(),
  accepted: z.number(),
  acceptedGroups: z.number(),
  /** Share of rows accepted, and the share of errors among them, as seen on the certify part. */
  coverage: z.number(),
  error: z.number().nullable(),
  method: z.string(),
  /** Where threshold is null: what could be done. */
  advice: z.string().nullish(),
});

/** What is decided without a promise, on the user's own responsibility: answers of models never trained on. */
const acceptUnseenSchema = z.looseObject({ what: z.enum(['models']), promise: z.literal('none') });

/** How a row comes to its decision; where absent, by the threshold of its pattern alone. */
const decisionsSchema = z.looseObject({
  by: z.enum(['pattern', 'slice']),
  /** What a slice is made of, in order: `model`, `task`, `features.NAME`. */
  sliceBy: z.array(z.string()),
  /** The cost table and the probabilities at which the cheapest action changes. No threshold lies below `cuts.accept`. */
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
  }),
  model: z.looseObject({ name: z.string() }),
  calibrator: z.object({ name: z.string(), parameters: z.array(z.number()) }),
  thresholds: z.array(thresholdSchema),
  decisions: decisionsSchema.nullish(),
  data: z.looseObject({
    fingerprint: z.string(),
    /** The tasks trained on: an answer to another one gets no decision. Absent in older bundles. */
    tasks: z.array(z.string()).optional(),
    models: z.array(z.string()).optional(),
    /** Fields that (nearly) all answers trained on had, of prompt, model and task: one without them gets no decision. */
    fields: z.array(z.string()).optional(),
    /** Labelled answers, and the questions they belong to. */
    answers: z.number().optional(),
    groups: z.number().optional(),
    /** How questions were told apart: the field of --group-by, and how many groups each rule made. Absent in older bundles. */
    grouping: z.looseObject({ field: z.string().nullable(), made: z.record(z.string(), z.number()) }).optional(),
  }),
  /** Where the bundle was adapted from another one: the SHA-256 of that one's manifest. */
  adapted: z.looseObject({ from: z.string() }).nullish(),
  /** Other names of models, as in the answers trained on: name in logs → name it goes by. The scorer applies them. */
  naming: z
    .looseObject({
      aliases: z.record(z.string(), z.string()),
      /** What models and tasks were called where the log named none; for the record only. */
      model: z.string().optional(),
      task: z.string().optional(),
    })
    .nullish(),
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

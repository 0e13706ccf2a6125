import { z } from 'zod';
import { leavesNoAnswer } from './finish.js';

/**
 * The record: one answer of one model with everything that was recorded with it. Its canonical form is JSON Lines;
 * every other format is converted to it. `null` means missing. This schema is the only definition. `check-record.ts` is
 * a faster check for the hot path; a property test proves the two equal.
 */
const maybe = <T extends z.ZodType>(schema: T) => schema.nullish();

/** Rounding may put a log-probability this far above 0; `checkRecord` sets such values to 0. */
export const LOGPROB_SLACK = 1e-6;

/** Rounding may put a probability this far outside [0, 1]; `checkRecord` sets such values to 0 or 1. */
export const SHARE_SLACK = 1e-6;

const share = z
  .number()
  .min(-SHARE_SLACK)
  .max(1 + SHARE_SLACK);

/** Natural logarithm of a probability: at most 0, apart from rounding. APIs send −9999 or −Infinity for "none". */
const logprob = z.union([z.number().max(LOGPROB_SLACK), z.literal(Number.NEGATIVE_INFINITY), z.nan()]);

/**
 * Drops options without a probability: `null` means missing, and tables from Parquet have every option in every row.
 */
const withoutNulls = (value: unknown): unknown =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).filter(([, p]) => p !== null))
    : value;

const alternativeSchema = z.looseObject({ token: z.string(), logprob: maybe(logprob) });

const tokenSchema = z.looseObject({
  token: z.string(),
  logprob: maybe(logprob),
  top: maybe(z.array(alternativeSchema)),
});

const sampleSchema = z.looseObject({
  answer: z.string(),
  model: maybe(z.string()),
  temperature: maybe(z.number()),
  stated: maybe(share),
  cluster: maybe(z.union([z.number(), z.string()])),
  tokens: maybe(z.array(tokenSchema)),
});

const labelSchema = z.looseObject({
  value: share,
  source: maybe(z.string()),
  /** The name of the score in the log. Labels with different names are never averaged. */
  name: maybe(z.string()),
  rater: maybe(z.string()),
  time: maybe(z.string()),
  weight: maybe(z.number().min(0)),
});

const vector = z.array(z.number());
const matrix = z.array(vector);
const shares = z.array(share);

/**
 * Cosines from one sentence encoder. Texts are the answer, then the samples in their order, so `texts` is square with a
 * row and a column more than there are samples. Texts with a cosine of at least `sameAt` mean the same.
 */
const similaritySchema = z.looseObject({
  /** Of the question and the answer. */
  question: maybe(z.number()),
  /** Of each passage of the context and the answer. */
  passages: maybe(vector),
  texts: maybe(matrix),
  sameAt: maybe(z.number()),
});

/**
 * Probabilities from one entailment model. `passages`: that each passage of the context entails, or contradicts, the
 * answer. `texts`: that text i entails, or contradicts, text j, given the question; numbered as in `similarities`.
 */
const entailmentSchema = z.looseObject({
  passages: maybe(z.looseObject({ entails: maybe(shares), contradicts: maybe(shares) })),
  texts: maybe(z.looseObject({ entails: maybe(z.array(shares)), contradicts: maybe(z.array(shares)) })),
});

/**
 * One of several answers that `vouch collect` asked for, `--best-of` or `--revise`: its number from 1, and what it is
 * (`first`, `sampled`, `revised`).
 */
const attemptSchema = z.looseObject({
  number: z.number().min(1),
  kind: maybe(z.string()),
  /** Whether this is the answer that was chosen. */
  chosen: maybe(z.boolean()),
  /** The probability by which it was chosen. */
  probability: maybe(share),
  /** Tokens that were read and written for this attempt, follow-up questions included; and those for its samples. */
  promptTokens: maybe(z.number().min(0)),
  completionTokens: maybe(z.number().min(0)),
  samplePromptTokens: maybe(z.number().min(0)),
  sampleCompletionTokens: maybe(z.number().min(0)),
  /** The doubt that the model was told before it revised its answer. */
  doubt: maybe(z.string()),
});

/** `media`: images, audio and files of the turn, each by its address or a hash of its content. */
export const messageSchema = z.looseObject({
  role: z.string(),
  content: z.string().nullable(),
  media: maybe(z.array(z.string())),
});

export const recordSchema = z.looseObject({
  id: maybe(z.string()),
  group: maybe(z.string()),
  conversation: maybe(z.string()),
  session: maybe(z.string()),
  model: maybe(z.string()),
  task: maybe(z.string()),
  time: maybe(z.string()),
  prompt: maybe(z.string()),
  messages: maybe(z.array(messageSchema)),
  context: maybe(z.array(z.string())),
  facts: maybe(z.array(z.string())),
  reasoning: maybe(z.string()),
  answer: z.string().nullable(),
  /** Whether an earlier score led to this answer: the answer of a second model, or the best of several. */
  selected: maybe(z.boolean()),
  attempt: maybe(attemptSchema),
  finish: maybe(z.string()),
  decoding: maybe(z.record(z.string(), z.unknown())),
  tokens: maybe(z.array(tokenSchema)),
  choices: maybe(z.preprocess(withoutNulls, z.record(z.string(), share))),
  samples: maybe(z.array(sampleSchema)),
  stated: maybe(share),
  verifiers: maybe(z.record(z.string(), maybe(z.number()))),
  /** Short for `embeddings.default`. */
  embedding: maybe(vector),
  /** Vectors of the answer, or of the question with the answer, by the name of what made them. */
  embeddings: maybe(z.record(z.string(), maybe(vector))),
  similarities: maybe(z.record(z.string(), maybe(similaritySchema))),
  entailments: maybe(z.record(z.string(), maybe(entailmentSchema))),
  features: maybe(z.record(z.string(), maybe(z.union([z.number(), z.string(), z.boolean()])))),
  reference: maybe(z.array(z.string())),
  labels: maybe(z.array(labelSchema)),
});

/** Keys of a line: those of a record, and the shorthand for a single label. */
const lineShape = recordSchema.extend({
  label: maybe(share),
  labelSource: maybe(z.string()),
});

export const LINE_KEYS: ReadonlySet<string> = new Set(Object.keys(lineShape.shape));

/**
 * What a line may contain. An answer may be null only if `finish` says that there is none. `checkRecord` is the faster
 * equal of this schema.
 */
export const lineSchema = lineShape
  .refine(({ answer, finish }) => answer !== null || leavesNoAnswer(finish), { path: ['answer'] })
  .refine(({ embedding, embeddings }) => embedding == null || embeddings?.default == null, { path: ['embedding'] });

export type Alternative = z.infer<typeof alternativeSchema>;
export type Token = z.infer<typeof tokenSchema>;
export type Sample = z.infer<typeof sampleSchema>;
export type Similarity = z.infer<typeof similaritySchema>;
export type Entailment = z.infer<typeof entailmentSchema>;
export type Attempt = z.infer<typeof attemptSchema>;
export type Label = z.infer<typeof labelSchema>;
export type Message = z.infer<typeof messageSchema>;

/** A checked record with an id; `answer` is null if the model gave none. */
export type LoggedRecord = z.infer<typeof recordSchema> & { id: string };

/** A record that has an answer. Other fields may be null or absent; both mean "not recorded". */
export type AnswerRecord = LoggedRecord & { answer: string };

/**
 * A record as a caller hands it in: only `answer` is needed, null where `finish` says that there is none. `label` with
 * `labelSource` is short for one entry of `labels`.
 */
export type RecordInput = z.infer<typeof recordSchema> & { label?: number | null; labelSource?: string | null };

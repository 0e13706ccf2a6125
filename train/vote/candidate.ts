import type { Labeller } from '../../data/label/labeller.js';
import { labelOf } from '../../data/label-of.js';
import type { AnswerRecord, Sample } from '../../data/record.js';
import { meanLogprobOf } from '../../features/samples/sample-logprob.js';

/** One answer that votes: the answer of a record, or one of its samples. */
export interface Candidate {
  /** The record it comes from, and its place among that record's samples; null for the record's own answer. */
  id: string;
  sample: number | null;
  /** The model of the record; and that of the answer, which differs for a sample of another model. */
  owner: string | null;
  model: string | null;
  text: string;
  /** What `collect` asked the record for: `first`, `sampled` or `revised`; null if it does not say. */
  kind: string | null;
  /** The sample's given cluster, as text; clusters of different records are not compared. */
  cluster: string | null;
  /** The weight by the tokens, (p(t_1) ⋯ p(t_n))^(1/n); NaN without token log-probabilities. */
  tokens: number;
  /** The bundle's probability that this answer is right; NaN without a bundle. */
  bundle: number;
  /** The grade in the record's labels, and the grade by a rule; NaN if there is none. */
  label: number;
  rule: number;
  /** How much the record's label counts; NaN if there is none. */
  labelWeight: number;
}

/** How the candidates of a record are weighted and graded. */
interface CandidateOptions {
  /** The probability of the record's answer, then of each of its samples; absent: none. */
  probability?: readonly (number | null)[];
  /** The rule that grades the candidates by the record's references. */
  labeller?: Labeller;
}

/**
 * The candidates of one record: its answer, then its samples in order. Source of the weight by tokens: Wang et al. 2023,
 * "Self-Consistency Improves Chain of Thought Reasoning in Language Models", eq. 1 (normalised by length).
 */
export function candidatesOf(record: AnswerRecord, { probability, labeller }: CandidateOptions): Candidate[] {
  const owner = record.model ?? null;
  const asked = { ...record, tokens: null, samples: null };
  const candidate = (given: Pick<Sample, 'answer' | 'tokens'>, at: number): Candidate => ({
    id: record.id,
    sample: at === 0 ? null : at - 1,
    owner,
    model: owner,
    text: given.answer,
    kind: record.attempt?.kind ?? null,
    cluster: null,
    tokens: Math.exp(meanLogprobOf(given)),
    bundle: probability?.[at] ?? Number.NaN,
    label: Number.NaN,
    rule: labeller?.of({ ...asked, answer: given.answer }) ?? Number.NaN,
    labelWeight: Number.NaN,
  });
  const { value: label, weight: labelWeight } = labelOf(record) ?? { value: Number.NaN, weight: Number.NaN };
  return [
    { ...candidate(record, 0), label, labelWeight },
    ...(record.samples ?? []).map((sample, i) => ({
      ...candidate(sample, i + 1),
      model: sample.model ?? owner,
      cluster: sample.cluster == null ? null : `${record.id}\n${sample.cluster}`,
    })),
  ];
}

/**
 * The record that a bundle scores in order to weight a candidate: the record itself for `at` 0. Else sample `at` − 1
 * takes the place of the answer and the answer that of the sample. What belongs to the answer alone (reasoning,
 * choices, verifiers, embeddings) is left out.
 */
export function asAnswer(record: AnswerRecord, at: number): AnswerRecord {
  const samples = record.samples ?? [];
  if (at === 0) return record;
  const { answer, tokens, stated, model } = samples[at - 1];
  const own: Sample = { answer: record.answer, tokens: record.tokens, stated: record.stated, model: record.model };
  return {
    ...record,
    ...{ answer, tokens, stated, model: model ?? record.model },
    samples: samples.map((sample, i) => (i === at - 1 ? own : sample)),
    ...{ reasoning: null, choices: null, verifiers: null, finish: null },
    ...{ embedding: null, embeddings: null, similarities: null, entailments: null },
  };
}

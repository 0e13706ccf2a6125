import type { Labeller } from '../../../data/label/labeller.js';
import type { AnswerRecord, Attempt, Sample } from '../../../data/record.js';
import { asAnswer, candidatesOf, type Candidate as Voter } from '../../vote/candidate.js';

/** Tokens that an answer cost. `prompt` is NaN if that was not recorded. */
export interface Cost {
  prompt: number;
  completion: number;
}

/** One answer to a question that a method may choose. */
export interface Candidate extends Voter {
  temperature: number | null;
  /** What a bundle scores: the record with this text as its answer, without samples. */
  record: AnswerRecord;
  cost: Cost;
  /** Whether its tokens are estimated from its length, because they were not recorded. */
  isEstimated: boolean;
  /** Whether `collect` chose it. */
  isChosen: boolean;
}

/** UTF-8 bytes per token, where tokens were not recorded. */
const BYTES_PER_TOKEN = 4;

/** The candidates of one record: its answer, then its samples in order. */
export function candidatesIn(record: AnswerRecord, labeller: Labeller | undefined): Candidate[] {
  const samples = record.samples ?? [];
  return candidatesOf(record, { labeller }).map((voter, at) => {
    const given = at === 0 ? record : samples[at - 1];
    const written = given.tokens?.length;
    return {
      ...voter,
      temperature: temperatureOf(record, at),
      record: { ...asAnswer(record, at), samples: null, similarities: null, entailments: null, labels: null },
      cost: costOf(record.attempt, at, samples.length, written ?? estimated(given.answer)),
      isEstimated: written === undefined && record.attempt?.completionTokens == null,
      isChosen: at === 0 && record.attempt?.chosen === true,
    };
  });
}

/** A candidate as it is scored if the `others` are its samples. */
export function withSamples(candidate: Candidate, others: readonly Candidate[]): AnswerRecord {
  if (others.length === 0) return candidate.record;
  return { ...candidate.record, samples: others.map((other) => sampleOf(other, candidate.model)) };
}

function sampleOf({ text, model, temperature, record, cluster }: Candidate, of: string | null): Sample {
  const tokens = record.tokens?.map(({ top: _, ...token }) => token);
  return {
    answer: text,
    ...(tokens === undefined ? {} : { tokens }),
    ...(model === null || model === of ? {} : { model }),
    ...(temperature === null ? {} : { temperature }),
    ...(record.stated == null ? {} : { stated: record.stated }),
    ...(cluster === null ? {} : { cluster }),
  };
}

function temperatureOf({ decoding, samples }: AnswerRecord, at: number): number | null {
  const given = at === 0 ? decoding?.temperature : samples?.[at - 1].temperature;
  return typeof given === 'number' ? given : null;
}

/** What an attempt says, if the record is one. The prompt of its samples is read once, for the first of them. */
function costOf(attempt: Attempt | null | undefined, at: number, samples: number, written: number): Cost {
  if (attempt == null) return { prompt: Number.NaN, completion: written };
  if (at === 0) return { prompt: attempt.promptTokens ?? Number.NaN, completion: attempt.completionTokens ?? written };
  const all = attempt.sampleCompletionTokens;
  return {
    prompt: at > 1 ? 0 : (attempt.samplePromptTokens ?? Number.NaN),
    completion: all == null ? written : all / samples,
  };
}

function estimated(text: string): number {
  return Math.ceil(Buffer.byteLength(text, 'utf8') / BYTES_PER_TOKEN);
}

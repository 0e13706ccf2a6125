import type { AnswerRecord, Sample } from '../../../data/record.js';
import type { Api } from '../apis/api.js';
import type { Limits } from '../verdict/limits.js';
import type { Unscored } from '../verdict/verdict.js';

/** A request and its answer as they arrived, byte for byte, in memory that threads can read. */
export interface Source {
  format: Api['format'];
  request: Uint8Array;
  answer: Uint8Array;
  stream: boolean;
  /** Of the `vouch` field of the request, only what it says about the question counts. */
  ofQuestion: boolean;
  task: string | null;
  limits: Limits;
}

/** An answer as a record, or why it is none. */
export type ReadAnswer = AnswerRecord | Unscored;

/** A sample for a thread: a whole answer of a source; the i-th sample that the record was read with; or itself. */
export type SentSample = { source: number; place: number; temperature: number } | { own: number } | { sample: Sample };

/** A record for a thread, which has been read before: which answer of which source it is, and what is different. */
export interface Sent {
  source: number;
  place: number;
  /** Fields that are as they were read. All others are absent, unless they changed. */
  same: readonly string[];
  changed: Partial<AnswerRecord>;
  samples: readonly SentSample[] | null;
}

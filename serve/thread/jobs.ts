import type { Naming } from '../../data/naming.js';
import type { Bundle } from '../../models/bundle/read.js';
import type { Trace } from '../../scorer/batch/out/trace.js';
import type { PlainError } from '../../scorer/batch/threads/plain-error.js';
import type { Api } from '../gateway/apis/api.js';
import type { ReadAnswer, Sent, Source } from '../gateway/policy/source.js';
import type { Limits } from '../gateway/verdict/limits.js';
import type { Verdict } from '../gateway/verdict/verdict.js';
import type { Inferred } from '../oip/inferred.js';
import type { BodyOptions } from '../options.js';
import type { Keep } from '../store/stored-row.js';
import type { JobEvents } from './job-events.js';

/** The data with which a thread is started. */
export interface ThreadData {
  bundle: Bundle;
  naming: Naming;
  /** The modules of the plug-ins that the bundle may use. */
  plugins?: readonly string[];
  /** The folders of the encoders that the bundle may use. */
  encoders?: readonly string[];
  /** What scores keep for the store. */
  keep?: Keep;
}

/** The body of POST /v1/score. */
export interface ScoreJob {
  kind: 'score';
  body: Uint8Array;
  reasons: number;
  /** Where the scores come from, if each is to say so. */
  trace?: Trace;
  options: BodyOptions;
}

/** The body of POST …/infer. */
export interface InferJob {
  kind: 'infer';
  body: Uint8Array;
  header: string | string[] | undefined;
  /** The name of the service, and the one of its models that is asked. */
  name: string;
  model: string;
  options: BodyOptions;
}

/** An answer that the gateway received, byte for byte. */
export interface JudgeJob {
  kind: 'judge';
  format: Api['format'];
  request: Uint8Array;
  answer: Uint8Array;
  stream: boolean;
  selected: boolean;
  task: string | null;
  limits: Limits;
  options: Pick<BodyOptions, 'logRecords'>;
}

/** An answer under a policy that is read, and not scored yet. */
interface ReadJob {
  kind: 'read';
  source: Source;
  options: Pick<BodyOptions, 'logRecords'>;
}

/** Records of a policy to score, and what they are read from. */
export interface RecordsJob {
  kind: 'records';
  sources: readonly Source[];
  records: readonly Sent[];
  options: Pick<BodyOptions, 'logRecords'>;
}

export type Job = ScoreJob | InferJob | JudgeJob | ReadJob | RecordsJob;

/** The result of each kind of job. */
export interface Results {
  score: string;
  infer: Inferred;
  judge: Verdict[];
  read: ReadAnswer[];
  /** The scores are events. */
  records: null;
}

export type ResultOf<J extends Job> = Results[J['kind']];

export type FromThread =
  | { ready: true }
  | { events: JobEvents; result: unknown }
  | { events: JobEvents; error: PlainError | string };

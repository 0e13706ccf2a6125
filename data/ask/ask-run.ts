import { VouchError } from '../../support/errors.js';
import { refuseSame } from '../../support/folder/same-place.js';
import type { LoggedRecord } from '../record.js';
import type { AttemptScorer } from './attempts/attempt-scorer.js';
import type { AskOptions, WayOptions } from './options.js';
import type { Prefix } from './requests/prefix.js';

/** One run that asks an endpoint: the input of both `collect` and `enrich`. */
export interface AskRun {
  inputs: readonly string[];
  out: string;
  ask: AskOptions;
  way: WayOptions;
  prefix: Prefix;
  restart: boolean;
  /** Text models that read each answer on this machine (meaning/): their facts, and the fields they add. */
  meaning?: { facts: object; fieldsOf(record: LoggedRecord): Promise<Partial<LoggedRecord> | undefined> };
  /** The bundle that chooses among answers (`bestOf`, `revise`). */
  scorer?: AttemptScorer;
  /** Prices per million tokens for a dry run, each `PRICE` or `MODEL=PRICE`. */
  prices?: { prompt: readonly string[]; completion: readonly string[] };
  env: Record<string, string | undefined>;
  /** Gives the time that is written into each answer. */
  now: () => Date;
  quiet?: boolean;
  /** `stop` ends the run when the requests in flight are answered; `abort` ends it at once. */
  stop?: AbortSignal;
  abort?: AbortSignal;
}

/**
 * Checks the output's name: it must be JSON Lines and must not be one of the inputs. Inputs must be files, because they
 * are read a second time when the output is written.
 */
export async function checkOut(run: AskRun): Promise<void> {
  if (!/\.(jsonl|ndjson)(\.gz)?$/i.test(run.out)) {
    const expected = 'a name ending in .jsonl or .jsonl.gz';
    throw new VouchError('BAD_USAGE', 'answers are written as JSON Lines', { field: '--out', expected, got: run.out });
  }
  if (run.inputs.includes('-')) {
    throw new VouchError('BAD_USAGE', 'standard input cannot be read twice', { hint: 'Write it to a file first.' });
  }
  await refuseSame(run.out, { inputs: run.inputs });
}

import { basename } from 'node:path';
import { writeAtomic } from '../../../support/atomic.js';
import type { Asked, Mark } from '../resume/journal.js';
import { badCount } from '../tally.js';

/** The content of OUT.trace.json. */
interface TraceFile {
  /** Name and size of the file of scores. */
  out: string;
  bytes: number;
  rows: number;
  bad: number;
  /** SHA-256 of the bundle's manifest. */
  bundle: string;
  /** When the run began (the first one, if it was continued) and ended: ISO 8601, UTC. */
  started: string;
  ended: string;
  /** Version of vouch. */
  vouch: string;
  /** The inputs by name and size; the size is null for standard input. Empty for records in memory. */
  inputs: { name: string; size: number | null }[];
  shard: Asked['shard'];
  /** Whether all rows counted as obtained because of an earlier score. */
  selected: boolean;
}

/** Where the trace of an output is written. */
export function traceFileOf(out: string): string {
  return `${out}.trace.json`;
}

/** Writes the trace of one run. */
export interface WriteTrace {
  /** When the run began; undefined if the caller gave no clock. */
  started: string | undefined;
  write(out: string, at: Pick<Mark, 'bytes' | 'tally'>): Promise<void>;
}

/**
 * Writes down which bundle made a file of scores, and when, in OUT.trace.json. It is a file of its own, so that the bytes
 * of the scores depend only on the rows. Without a clock nothing is written. Cost: one small file per run, nothing per
 * row.
 */
export function traceWriter(asked: Asked, started: string | null, now: (() => Date) | undefined): WriteTrace {
  const { bundle, vouch, inputs, shard, selected } = asked;
  return {
    started: started ?? undefined,
    write: async (out, { bytes, tally }) => {
      if (started === null || now === undefined) return;
      const trace: TraceFile = {
        ...{ out: basename(out), bytes, rows: tally.rows, bad: badCount(tally) },
        ...{ bundle, started, ended: now().toISOString(), vouch },
        ...{ inputs: inputs.map(({ name, size }) => ({ name, size })), shard, selected },
      };
      await writeAtomic(traceFileOf(out), `${JSON.stringify(trace, null, 1)}\n`);
    },
  };
}

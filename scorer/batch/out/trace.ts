/** Where scores come from: two columns that `--trace` adds to each row. */
export interface Trace {
  /** SHA-256 of the bundle's manifest. */
  digest: string;
  /** When the run began: ISO 8601, UTC. A run that continues an earlier one has the time of that one. */
  time: string;
}

/** The names of these columns, in order. */
export const TRACE_COLUMNS = ['digest', 'time'] as const satisfies readonly (keyof Trace)[];

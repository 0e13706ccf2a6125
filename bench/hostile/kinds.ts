import { fuzzCsv } from '../../test/systems/data/fuzz-csv.js';
import { fuzzJson, LINES } from '../../test/systems/data/fuzz-json.js';
import { fuzzParquet } from '../../test/systems/data/fuzz-parquet.js';
import type { Outcomes } from '../../test/systems/outcomes.js';
import { fuzzRequests } from '../../test/systems/serve/fuzz.js';

/** A kind of hostile input, its default number of inputs, and how they are tried. */
export interface Kind {
  name: string;
  many: number;
  /** The memory limit of the process that tries them, in MB. */
  bound: number;
  run(n: number, seed: string, progress: (done: number) => void): Promise<Outcomes[]>;
}

/**
 * Memory limits in MB. A process that reads: docs/batch.md. The requests: one process holds a service and five gateways,
 * each with a thread and a small bundle.
 */
const READS = 600;
const SERVES = 6 * 250;

const one = async (outcomes: Promise<Outcomes>): Promise<Outcomes[]> => [await outcomes];

export const kinds: readonly Kind[] = [
  {
    name: 'parquet',
    many: 10_000,
    bound: READS,
    run: (files, seed, progress) => one(fuzzParquet({ files, seed, progress })),
  },
  { name: 'csv', many: 10_000, bound: READS, run: (files, seed, progress) => one(fuzzCsv({ files, seed, progress })) },
  {
    name: 'json',
    many: 100_000,
    bound: READS,
    run: (lines, seed, progress) =>
      one(fuzzJson({ files: Math.ceil(lines / LINES), seed, progress: (done) => progress(done * LINES) })),
  },
  {
    name: 'requests',
    many: 100_000,
    bound: SERVES,
    run: (requests, seed, progress) => fuzzRequests({ requests, seed, progress }),
  },
];

import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { Naming } from '../../data/naming.js';
import { readBundle } from '../../models/bundle/read.js';
import { scoreChunk } from '../../scorer/batch/score-chunk.js';
import { namedScorer } from '../../scorer/named-scorer.js';
import { openScorer, VERSION_DIGITS } from '../../scorer/open.js';
import { inError } from '../../support/atomic.js';
import { VouchError } from '../../support/errors.js';
import { checkGolden } from './check-golden.js';
import { inferTogether } from './infer-together.js';
import type { Loaded } from './loaded.js';
import { scoreWay } from './score-way.js';
import { together } from './together.js';

/** Records scored in one run where they go together. */
const MOST_RECORDS = 64;

/** What is measured of a bundle in use, and how models and tasks are called. */
export interface Runs {
  /** Told how many rows went through the scorer together. */
  ran(rows: number): void;
  naming?: Naming;
}

/**
 * Opens a bundle all the way before it may answer: every file against its hash, the direct way against the graph, the golden
 * records against what they scored where it was trained. A symlink is followed once, so that all files are of one bundle.
 * Errors: those of opening a bundle; BUNDLE_BAD where golden rows differ.
 */
export async function openVerified(dir: string, { ran, naming = { aliases: {} } }: Runs): Promise<Loaded> {
  const real = await realpath(dir).catch((error: unknown) => {
    throw inError(dir, error);
  });
  const { digest, files } = await readBundle(real);
  const opened = await openScorer(real, { digest }).catch((error: unknown) => {
    if (error instanceof VouchError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new VouchError('BUNDLE_BAD', `the bundle cannot be opened: ${reason}`, { file: real, cause: error });
  });
  try {
    const text = Buffer.from(files.get('golden.json') as Uint8Array).toString('utf8');
    const golden = await checkGolden(opened, join(real, 'golden.json'), text);
    const scorer = namedScorer(opened, naming); // the golden records go by the names they were made with
    const way = await scoreWay(scorer, golden.at(-1) ?? { id: 'trial', answer: 'a trial' });
    return {
      scorer,
      version: digest.slice(0, VERSION_DIGITS),
      way,
      score:
        way === 'direct'
          ? scorer.score
          : together((records) => {
              ran(records.length);
              return scoreChunk(scorer, records);
            }, MOST_RECORDS),
      infer: inferTogether(scorer, ran),
      users: 0,
      retired: false,
    };
  } catch (error) {
    await opened.close();
    throw error;
  }
}

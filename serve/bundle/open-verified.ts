import type { Naming } from '../../data/naming.js';
import type { Pinning } from '../../models/bundle/pinning.js';
import { readBundle } from '../../models/bundle/read.js';
import { scoreChunk } from '../../scorer/batch/score-chunk.js';
import { namedScorer } from '../../scorer/named-scorer.js';
import { openBundle, VERSION_DIGITS } from '../../scorer/open.js';
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
  /** Whom bundles must come from. */
  pinning?: Pinning;
}

/**
 * Opens a bundle all the way before it may answer: every file against its hash, the direct way against the graph, the golden
 * records against what they scored where it was trained. Errors: those of opening a bundle.
 */
export async function openVerified(dir: string, { ran, naming = { aliases: {} }, pinning }: Runs): Promise<Loaded> {
  const bundle = await readBundle(dir, pinning);
  const { scorer: opened, golden } = await openBundle(bundle);
  try {
    const scorer = namedScorer(opened, naming); // the golden records go by the names they were made with
    const way = await scoreWay(scorer, golden.at(-1) ?? { id: 'trial', answer: 'a trial' });
    return {
      scorer,
      version: bundle.digest.slice(0, VERSION_DIGITS),
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

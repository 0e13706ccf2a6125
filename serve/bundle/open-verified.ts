import type { Naming } from '../../data/naming.js';
import type { Pinning } from '../../models/bundle/pinning.js';
import { type Bundle, readBundle } from '../../models/bundle/read.js';
import { scoreChunk } from '../../scorer/batch/score-chunk.js';
import { namedScorer } from '../../scorer/named-scorer.js';
import { openBundle, VERSION_DIGITS } from '../../scorer/open.js';
import { newSide } from '../thread/side.js';
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
export async function openVerified(dir: string, { pinning, ...runs }: Runs): Promise<Loaded> {
  return loadedOf(await readBundle(dir, pinning), runs);
}

/** Files that opening reads. */
const OPENED = ['model.onnx', 'golden.json'];

/** The same for a bundle that was read and whose files are right. Errors: BUNDLE_BAD. */
export async function loadedOf(
  bundle: Bundle,
  { ran, naming = { aliases: {} } }: Omit<Runs, 'pinning'>,
): Promise<Loaded> {
  const { scorer: opened, golden } = await openBundle(bundle);
  try {
    const scorer = namedScorer(opened, naming); // the golden records go by the names they were made with
    const files = new Map([...bundle.files].filter(([name]) => OPENED.includes(name)));
    const side = newSide({ bundle: { ...bundle, files }, naming });
    let closed: Promise<void> | undefined; // whoever gives it back last closes it, and after a stop that may be several
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
      side,
      close: () => (closed ??= Promise.all([scorer.close(), side.close()]).then(() => {})),
      users: 0,
      retired: false,
    };
  } catch (error) {
    await opened.close();
    throw error;
  }
}

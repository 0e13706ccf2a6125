import type { Naming } from '../../data/naming.js';
import type { Pinning } from '../../models/bundle/pinning.js';
import { type Bundle, readBundle } from '../../models/bundle/read.js';
import { scoreChunk } from '../../scorer/batch/score-chunk.js';
import { namedScorer } from '../../scorer/named-scorer.js';
import { openBundle } from '../../scorer/open.js';
import { VERSION_DIGITS } from '../../scorer/version-digits.js';
import { modulesOf, type Plugins } from '../../support/plugins/plugin.js';
import { newSide } from '../thread/side.js';
import { inferTogether } from './infer-together.js';
import type { Loaded } from './loaded.js';
import { scoreWay } from './score-way.js';
import { together } from './together.js';

/** The most records in one run, if records are scored together. */
const MOST_RECORDS = 64;

/** What is counted while a bundle is in use, and the names of models and tasks. */
export interface Runs {
  /** Gets the number of rows that went through the scorer together. */
  ran(rows: number): void;
  naming?: Naming;
  /** Whose bundles are accepted. */
  pinning?: Pinning;
  /** The plug-ins that bundles may use. */
  plugins?: Plugins;
}

/**
 * Opens a bundle and verifies it completely before it answers requests: every file against its hash, the direct scorer
 * against the graph, and the golden records against their scores where the bundle was trained. Errors: those of opening
 * a bundle.
 */
export async function openVerified(dir: string, { pinning, ...runs }: Runs): Promise<Loaded> {
  return loadedOf(await readBundle(dir, pinning), runs);
}

/** The files that opening reads. */
const OPENED = ['model.onnx', 'golden.json'];

/** The same for a bundle that has been read and whose files have been verified. Errors: BUNDLE_BAD. */
export async function loadedOf(
  bundle: Bundle,
  { ran, naming = { aliases: {} }, plugins = [] }: Omit<Runs, 'pinning'>,
): Promise<Loaded> {
  const { scorer: opened, golden } = await openBundle(bundle, { plugins });
  try {
    const scorer = namedScorer(opened, naming); // golden records use the names with which they were made
    const files = new Map([...bundle.files].filter(([name]) => OPENED.includes(name)));
    const side = newSide({ bundle: { ...bundle, files }, naming, plugins: modulesOf(plugins) ?? [] });
    let closed: Promise<void> | undefined; // the last user closes the scorer; after a stop, several users may try to
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

import type { Naming } from '../../data/naming.js';
import { annotatorIfAny } from '../../meaning/annotator-if-any.js';
import { nliAmong } from '../../meaning/model/kind.js';
import { encoderNote } from '../../models/bundle/check-encoders.js';
import { namedBy } from '../../models/bundle/encoders-read.js';
import type { Pinning } from '../../models/bundle/pinning.js';
import { type Bundle, readBundle } from '../../models/bundle/read.js';
import { namedScorer } from '../../scorer/named-scorer.js';
import { openBundle } from '../../scorer/open.js';
import { VERSION_DIGITS } from '../../scorer/version-digits.js';
import { closing } from '../../support/closing.js';
import { modulesOf, type Plugins } from '../../support/plugins/plugin.js';
import type { Keep } from '../store/stored-row.js';
import { newSide } from '../thread/side.js';
import { inferTogether } from './infer-together.js';
import type { Loaded } from './loaded.js';
import type { ReadPolicy } from './policy-in-use.js';
import { scoreTogether } from './score-together.js';
import { scoreWay } from './score-way.js';

/** What is counted while a bundle is in use, and the names of models and tasks. */
export interface Runs {
  /** Gets the number of rows that went through the scorer together. */
  ran(rows: number): void;
  naming?: Naming;
  /** Whose bundles are accepted. */
  pinning?: Pinning;
  /** The plug-ins that bundles may use. */
  plugins?: Plugins;
  /** Folders of the encoders that bundles may use. */
  encoders?: readonly string[];
  /** What scores keep for the store. */
  keep?: Keep;
  /** Reads the policy that is followed. */
  readPolicy?: ReadPolicy;
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
  { ran, naming = { aliases: {} }, plugins = [], encoders = [], keep, readPolicy }: Omit<Runs, 'pinning'>,
): Promise<Loaded> {
  const policy = readPolicy?.(bundle) ?? null;
  // entailment models also say what is grounded, whatever the bundle was trained with
  const used = (bundle.manifest.encoders ?? []).length > 0 ? encoders : await nliAmong(encoders);
  const annotator = await annotatorIfAny(used);
  const opening = openBundle(bundle, { plugins, annotator, keep: keep !== undefined });
  const { scorer: opened, plain, golden } = await opening.catch(closing(annotator));
  try {
    const scorer = namedScorer(opened, naming); // golden records use the names with which they were made
    const files = new Map([...bundle.files].filter(([name]) => OPENED.includes(name)));
    const given = { naming, plugins: modulesOf(plugins) ?? [], encoders: used, keep };
    const side = newSide({ bundle: { ...bundle, files }, ...given });
    let closed: Promise<void> | undefined; // the last user closes the scorer; after a stop, several users may try to
    const way = await scoreWay(scorer, golden.at(-1) ?? { id: 'trial', answer: 'a trial' });
    return {
      scorer,
      policy,
      version: bundle.digest.slice(0, VERSION_DIGITS),
      way,
      score: way === 'direct' ? scorer.score : namedScorer(scoreTogether(plain, { annotator, ran }), naming).score,
      infer: inferTogether(scorer, ran),
      side,
      close: () => (closed ??= Promise.all([scorer.close(), side.close()]).then(() => annotator?.close())),
      missing: encoderNote(namedBy([bundle.manifest], { grounds: true }), annotator?.encoders ?? []),
      users: 0,
      retired: false,
    };
  } catch (error) {
    await opened.close();
    await annotator?.close();
    throw error;
  }
}

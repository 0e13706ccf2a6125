import type { Tf } from '../../models/networks/types.js';
import { findPeer } from './peer.js';
import { putBackUtil, quiet, withoutDeprecations } from './quiet.js';
import type { RungOptions } from './rung.js';

type TfjsNodePackage = '@tensorflow/tfjs-node' | '@tensorflow/tfjs-node-gpu';

/** A loaded libtensorflow: which package brought it, its version, and whether its operations run on a CUDA device. */
interface Libtensorflow {
  package: TfjsNodePackage;
  version: string;
  cuda: boolean;
}

interface NodeBackend {
  isUsingGpuDevice?: boolean;
  binding?: { TF_Version?: string };
}

/** One process holds one libtensorflow: two of them clash over their global registries. */
let loaded: Libtensorflow | undefined;

/** The libtensorflow this process already holds. */
export function loadedLibtensorflow(): Libtensorflow | undefined {
  return loaded;
}

/**
 * Loads tfjs-node or tfjs-node-gpu beside our tfjs-core and registers its backend `tensorflow`; a text says why it
 * cannot. Both copies of tfjs-core, where there are two, share one engine through a global, which holds for equal
 * versions: checked.
 */
export function loadLibtensorflow(tf: Tf, name: TfjsNodePackage, options: RungOptions): Libtensorflow | string {
  if (loaded) return loaded.package === name ? loaded : `${loaded.package} is loaded already in this process`;
  const peer = findPeer(name, options.places);
  if (!peer) return `${name} is not installed`;
  if (peer.core !== tf.version_core) return `${name} brings tfjs-core ${peer.core}, vouch runs ${tf.version_core}`;
  quiet(tf);
  putBackUtil();
  const before = tf.engine().backendName;
  // Networks of this size are faster on one thread, and two cores are better spent on two fits than on one product.
  process.env.TF_NUM_INTRAOP_THREADS ??= '1';
  process.env.TF_NUM_INTEROP_THREADS ??= '1';
  try {
    const theirs = withoutDeprecations(() => peer.require(peer.entry)) as Tf;
    if (theirs.engine() !== tf.engine()) return `${name} runs on another tfjs engine than vouch`;
    const backend = tf.findBackend('tensorflow') as NodeBackend | null;
    if (!backend) return `${name} registered no backend`;
    const version = backend.binding?.TF_Version ?? 'of unknown version';
    loaded = { package: name, version, cuda: backend.isUsingGpuDevice === true };
    return loaded;
  } catch (error) {
    return `${name} does not load: ${firstLine(error)}`;
  } finally {
    if (before) tf.setBackend(before);
  }
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n')[0].trim();
}

import type { Tf } from '../../models/networks/types.js';
import { findPeer } from './peer.js';
import { putBackUtil, quiet, withoutDeprecations } from './quiet.js';
import type { RungOptions } from './rung.js';

type TfjsNodePackage = '@tensorflow/tfjs-node' | '@tensorflow/tfjs-node-gpu';

/** A loaded libtensorflow: its npm package, its version, and whether its operations run on a CUDA device. */
interface Libtensorflow {
  package: TfjsNodePackage;
  version: string;
  cuda: boolean;
}

interface NodeBackend {
  isUsingGpuDevice?: boolean;
  binding?: { TF_Version?: string };
}

/** A process can load only one libtensorflow, because two would write to the same global registries. */
let loaded: Libtensorflow | undefined;

/** The libtensorflow that this process has already loaded. */
export function loadedLibtensorflow(): Libtensorflow | undefined {
  return loaded;
}

/**
 * Loads tfjs-node or tfjs-node-gpu next to our tfjs-core and registers its backend `tensorflow`. If that fails, returns
 * the reason as text. If the package has its own copy of tfjs-core, both copies share one engine through a global
 * variable. That works only for equal versions, so the versions are compared first.
 */
export function loadLibtensorflow(tf: Tf, name: TfjsNodePackage, options: RungOptions): Libtensorflow | string {
  if (loaded) return loaded.package === name ? loaded : `${loaded.package} is loaded already in this process`;
  const peer = findPeer(name, options.places);
  if (!peer) return `${name} is not installed`;
  if (peer.core !== tf.version_core) return `${name} brings tfjs-core ${peer.core}, vouch runs ${tf.version_core}`;
  quiet(tf);
  putBackUtil();
  const before = tf.engine().backendName;
  // Networks of this size are faster on one thread: two cores do more with two fits than with one matrix product.
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

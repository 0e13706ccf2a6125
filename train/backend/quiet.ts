import util from 'node:util';
import type { Tf } from '../../models/networks/types.js';

/**
 * Keeps tfjs and libtensorflow from writing banners, duplicate registrations and start-up lines to the console.
 * Variables that the user has set in the environment are not changed: with TF_CPP_MIN_LOG_LEVEL=0, libtensorflow says
 * why it found no GPU.
 */
export function quiet(tf: Tf): void {
  tf.env().set('PROD', true);
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '3';
  process.env.TF_FORCE_GPU_ALLOW_GROWTH ??= 'true';
}

/**
 * Restores two functions that tfjs-node 4.22 calls and that Node 23 removed. On Node 22 they still exist but print a
 * warning; these do not. Source: Node's own former implementations.
 */
export function putBackUtil(): void {
  const old = util as unknown as Record<string, (value: unknown) => boolean>;
  if (Number(process.versions.node.split('.')[0]) < 22) return;
  old.isNullOrUndefined = (value) => value === null || value === undefined;
  old.isArray = Array.isArray;
}

/** Runs `load` without Node's deprecation warnings, because old dependencies of tfjs-node use punycode. */
export function withoutDeprecations<T>(load: () => T): T {
  const before = process.noDeprecation;
  process.noDeprecation = true;
  try {
    return load();
  } finally {
    process.noDeprecation = before;
  }
}

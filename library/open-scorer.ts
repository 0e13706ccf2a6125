import type { Pinning } from '../models/bundle/pinning.js';
import type { CheckedScorer } from '../scorer/checked-scorer.js';

/** Options of `openScorer`. */
export interface OpenOptions extends Pinning {
  /** Threads that onnxruntime may use within a call (default 1, the fastest for models of this size). */
  threads?: number;
}

/**
 * Opens a bundle to score records one by one or in chunks; a record needs an `answer` and nothing else. Close it at the
 * end. Errors: FILE_MISSING, BUNDLE_BAD, BUNDLE_NEWER, BUNDLE_DAMAGED, BUNDLE_UNTRUSTED.
 */
export async function openScorer(dir: string, options: OpenOptions = {}): Promise<CheckedScorer> {
  const { openScorer: open } = await import('../scorer/checked-scorer.js');
  return open(dir, options);
}

import type { CheckedScorer, OpenOptions } from '../scorer/checked-scorer.js';

export type { OpenOptions } from '../scorer/checked-scorer.js';

/**
 * Opens a bundle to score records one by one or in chunks; a record needs an `answer` and nothing else. Close it at the
 * end. Errors: FILE_MISSING, BUNDLE_BAD, BUNDLE_NEWER, BUNDLE_DAMAGED, BUNDLE_UNTRUSTED, BUNDLE_PLUGIN;
 * those of loading a plug-in.
 */
export async function openScorer(dir: string, options: OpenOptions = {}): Promise<CheckedScorer> {
  const { openScorer: open } = await import('../scorer/checked-scorer.js');
  return open(dir, options);
}

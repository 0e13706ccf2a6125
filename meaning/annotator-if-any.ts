import type { Annotator } from './annotator.js';

/**
 * Opens the text models in these folders; undefined if there are none. Their code is loaded only then, because
 * most services have none. Whoever opens them closes them. Errors: those of `openAnnotator`.
 */
export async function annotatorIfAny(dirs: readonly string[]): Promise<Annotator | undefined> {
  if (dirs.length === 0) return undefined;
  const { openAnnotator } = await import('./annotator.js');
  return openAnnotator(dirs);
}

import type { Annotator } from '../meaning/annotator.js';
import { annotatorIfAny } from '../meaning/annotator-if-any.js';
import { encoderNote } from '../models/bundle/check-encoders.js';
import type { NamedEncoders } from '../models/bundle/encoders-read.js';
import type { RunOptions } from './run-options.js';

/** The encoders of a call. */
export interface EncoderOptions {
  /**
   * Folders of sentence encoders (docs/encoders.md) and entailment models (docs/entailment.md). They read the answers
   * before signals are computed, on this machine.
   */
  encoders?: readonly string[];
}

/**
 * Runs `use` with the encoders in these folders, and closes them; with undefined if there are none. Errors: those of
 * opening an encoder.
 */
export async function withEncoders<T>(
  dirs: readonly string[] = [],
  use: (annotator: Annotator | undefined) => Promise<T>,
): Promise<T> {
  const annotator = await openEncoders(dirs);
  try {
    return await use(annotator);
  } finally {
    await annotator?.close();
  }
}

/** Opens the encoders in these folders; undefined if there are none. Whoever opens them closes them. */
export async function openEncoders(dirs: readonly string[] = []): Promise<Annotator | undefined> {
  return annotatorIfAny(dirs);
}

/** Gives a note if the encoders that a bundle reads and those that were given differ. */
export function noteEncoders(
  named: NamedEncoders,
  annotator: Annotator | undefined,
  onNote: RunOptions['onNote'],
): void {
  const text = encoderNote(named, annotator?.encoders ?? []);
  if (text !== undefined) onNote?.({ about: 'answers', text });
}

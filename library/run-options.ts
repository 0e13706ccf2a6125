import type { ProgressEvent } from '../support/reported-progress.js';

/** What a run tells while it works, and how it is stopped. */
export interface RunOptions {
  /** Is told how far the run is: when a stage begins, at each step of it, and when it ends. */
  onProgress?: (event: ProgressEvent) => void;
  /** Is told what else is worth knowing, as sentences: the compute backend, what the reader noticed. */
  onNote?: (note: Note) => void;
  /** Stops the run between two fits or two blocks of answers; it then throws INTERRUPTED and leaves no output. */
  signal?: AbortSignal;
}

/**
 * Something worth knowing: `backend` (where training runs), `fits` (of train --resume), `answers` (what the reader
 * noticed).
 */
export interface Note {
  about: 'backend' | 'fits' | 'answers';
  text: string;
}

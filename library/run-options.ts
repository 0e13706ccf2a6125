import type { PluginSource } from '../support/plugins/open-plugins.js';
import type { ProgressEvent } from '../support/reported-progress.js';

/** The plug-ins of a call. */
export interface PluginOptions {
  /** Paths of modules, or objects that a `define…` function returned. See docs/plugins.md. */
  plugins?: readonly PluginSource[];
}

/** Progress, notes and the stop signal of a run. */
export interface RunOptions {
  /** Called with the progress of the run: when a stage begins, at each of its steps, and when it ends. */
  onProgress?: (event: ProgressEvent) => void;
  /** Called with other information, as sentences: the compute backend, notes of the reader. */
  onNote?: (note: Note) => void;
  /** Stops the run between two fits or two blocks of answers; it then throws INTERRUPTED and leaves no output. */
  signal?: AbortSignal;
}

/**
 * A note about the `backend` that training uses, the `fits` that `resume` can reuse, or the `answers` that were read.
 */
export interface Note {
  about: 'backend' | 'fits' | 'answers';
  text: string;
}

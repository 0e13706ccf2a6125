/**
 * An answer as the monitor sees it, scored, with its signals and without its text. A store or a file gives them in the
 * order of time.
 */
export interface ScoredAnswer {
  id: string;
  /** Answers to one question have the same name. */
  question: string;
  /** Milliseconds since 1970; null if the log has no time. */
  time: number | null;
  model: string | null;
  task: string | null;
  probability: number;
  /** The claim that accepted the answer; null if none did. */
  claim: string | null;
  /** In the order of the bundle's signals; NaN = missing. */
  numbers: Float32Array;
  /** In the order of the bundle's categories; '' = missing, rare or unknown. */
  categories: readonly string[];
  /** A label that came with the answer: 1 right, 0 wrong; null if none did. */
  label: number | null;
}

/** Model and task as one name; null if neither is known. */
export function sliceOf({ model, task }: Pick<ScoredAnswer, 'model' | 'task'>): string | null {
  return model === null && task === null ? null : `${model ?? '–'} · ${task ?? '–'}`;
}

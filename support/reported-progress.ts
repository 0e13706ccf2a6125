import type { Progress, ShowProgress } from './progress.js';

/** How far a stage of a run is. */
export interface ProgressEvent {
  /** What is being done: `read`, `train`, `tables`, `measure`, `refit`, `score`. */
  stage: string;
  /** Units done, and in all; null while the total is not known. More work than planned raises the total. */
  done: number;
  total: number | null;
  /** Units per second since the stage began. */
  rate: number;
  /** What is counted: `answers`, `fits`, `rows`. */
  unit: string;
  /** Whether the stage is over. */
  ended: boolean;
}

/** Progress as events for a callback: one when a stage begins, one at each step, and one at its end. */
export function reportedProgress(onProgress: (event: ProgressEvent) => void): ShowProgress {
  return (stage, { unit = 'rows', total: planned }: { unit?: string; total?: number } = {}): Progress => {
    const started = performance.now();
    let done = 0;
    let total = planned ?? 0;
    const tell = (ended = false) => {
      const rate = done / Math.max((performance.now() - started) / 1000, 1e-3);
      onProgress({ stage, done, total: total > 0 ? total : null, rate, unit, ended });
    };
    tell();
    return {
      add: (n) => {
        done += n;
        tell();
      },
      set: (value, newTotal) => {
        done = value;
        total = newTotal ?? total;
        tell();
      },
      expect: (n) => {
        total += n;
        tell();
      },
      done: () => {
        if (total > 0) total = done; // a plan may hold more than was needed
        tell(true);
      },
    };
  };
}

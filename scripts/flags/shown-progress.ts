import { type Progress, progress } from '../../support/progress.js';
import type { ProgressEvent } from '../../support/reported-progress.js';

/** Shows the progress of a run on standard error, one display per stage; undefined if `quiet`. */
export function shownProgress(quiet: boolean): ((event: ProgressEvent) => void) | undefined {
  if (quiet) return undefined;
  let shown: { stage: string; display: Progress } | null = null;
  return ({ stage, done, total, unit, ended }) => {
    if (shown?.stage !== stage) shown = { stage, display: progress(stage, { unit, total: total ?? undefined }) };
    shown.display.set(done, total ?? undefined);
    if (!ended) return;
    shown.display.done();
    shown = null;
  };
}

import { type Progress, progress } from '../../support/progress.js';
import type { ProgressEvent } from '../../support/reported-progress.js';

/** Shows the events of a run on stderr, a display for each stage; undefined where nothing is to be shown. */
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

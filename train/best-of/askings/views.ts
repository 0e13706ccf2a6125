import type { Scorer } from '../../../scorer/scorer.js';
import { type ShowProgress, silent } from '../../../support/progress.js';
import { unlessAborted } from '../../../support/unless-aborted.js';
import type { Asking } from './askings.js';
import { attemptView, drawViews, type View } from './view.js';

/** The views of every asking, by the number of answers, and after revision. */
export interface Views {
  counts: readonly number[];
  draws: ReadonlyMap<number, readonly View[]>;
  /** Null unless every asking was revised, so that all methods are compared on the same askings. */
  revised: readonly View[] | null;
}

export async function viewsOf(
  askings: readonly Asking[],
  counts: readonly number[],
  { scorer, show = silent, signal }: { scorer?: Scorer; show?: ShowProgress; signal?: AbortSignal },
): Promise<Views> {
  const draws = new Map(counts.map((count) => [count, [] as View[]]));
  const revised: View[] = [];
  const shown = show('compare', { unit: 'prompts', total: askings.length });
  for (const asking of askings) {
    unlessAborted(signal);
    const found = await drawViews(asking, counts, scorer);
    found.forEach((view, k) => {
      draws.get(counts[k])?.push(view);
    });
    const attempts = await attemptView(asking, scorer);
    if (attempts !== null) revised.push(attempts);
    shown.add(1);
  }
  shown.done();
  return { counts, draws, revised: revised.length === askings.length ? revised : null };
}

/** Which tokens count: those of prompts too if they were recorded for every answer. */
export function countedIn({ draws, revised }: Views): 'all' | 'written' {
  const all = [...draws.values(), revised ?? []];
  return all.every((views) => views.every(({ cost }) => !Number.isNaN(cost.prompt))) ? 'all' : 'written';
}

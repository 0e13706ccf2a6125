import type { Manifest } from '../../models/bundle/manifest.js';
import { countsJson } from '../../support/counts.js';
import { plural } from '../../support/words/plural.js';
import { shortPercent } from '../../support/words/short-percent.js';
import type { Tally } from './tally.js';

/** How a batch differs from the training answers. */
export interface Drift {
  /** Rows flagged as shifted, their share, and the share of known answers that would be flagged; null if unknown. */
  shifted: number;
  share: number | null;
  expected: number | null;
  /** Whether more rows are flagged than among known answers, or a model or task was never seen. */
  alarm: boolean;
  /** Whether the flags alone raise the alarm. */
  excess: boolean;
  /** Names of models and tasks that were never seen in training, with their numbers of rows. */
  unseenModels: Record<string, number>;
  unseenTasks: Record<string, number>;
}

/** One batch of known answers in a thousand may raise the alarm by chance. */
const CHANCE = 1e-3;

/**
 * The flags of a batch against those of known answers: those of training, those that the bundle was adapted to, or the
 * fresh ones of a bundle that was trained anew.
 */
export function driftOf(
  { rows, shifted, unseenModels, unseenTasks }: Tally,
  { data, options, adapted }: Manifest,
): Drift {
  const { answers, groups, fresh } = data;
  const { shiftFlags } = options;
  const expected =
    typeof shiftFlags === 'number' ? Math.max(shiftFlags, adapted?.flagged ?? fresh?.flagged ?? 0) : null;
  const share = rows === 0 ? null : shifted / rows;
  let excess = false;
  if (share !== null && expected !== null && answers !== undefined && groups !== undefined)
    excess = isExcess(share, expected, (rows * groups) / answers, fresh?.questions ?? groups);
  const unseen = unseenModels.size + unseenTasks.size > 0;
  const names = { unseenModels: countsJson(unseenModels), unseenTasks: countsJson(unseenTasks) };
  return { shifted, share, expected, alarm: excess || unseen, excess, ...names };
}

/**
 * Whether the flagged share q is too far above p to be chance: m·KL(q‖p) > ln(1/δ), KL in nats (Chernoff's bound on a
 * binomial tail). Answers to one question are flagged together, so questions are counted; the number of answers per
 * question is taken from training. p was itself estimated on g questions, so m = n·g/(n + g), where n is the number of
 * questions in the batch.
 */
function isExcess(q: number, p: number, n: number, g: number): boolean {
  if (q <= p) return false;
  const divergence = q * Math.log(q / p) + (q === 1 ? 0 : (1 - q) * Math.log((1 - q) / (1 - p)));
  return ((n * g) / (n + g)) * divergence > -Math.log(CHANCE);
}

/** The drift in sentences: the share flagged, and the alarm if there is one. */
export function driftSentences(drift: Drift): string[] {
  const { share, alarm, excess } = drift;
  if (share === null) return [];
  const flagged = flaggedIn(drift);
  if (!alarm) return [flagged];
  const reasons = driftReasons(drift).join('; ');
  const alarmed = `ALARM: ${reasons}. Label some of these answers before you rely on their probabilities.`;
  return excess ? [alarmed] : [flagged, alarmed];
}

/** Why the alarm is on, one reason each; none if it is off. */
export function driftReasons(drift: Drift): string[] {
  const { excess, expected, unseenModels, unseenTasks } = drift;
  return [
    ...(excess ? [`${flaggedIn(drift)}, where about ${shortPercent(expected!)} of known answers would be`] : []),
    ...unseenOf('task', unseenTasks),
    ...unseenOf('model', unseenModels),
  ];
}

function flaggedIn({ shifted, share }: Drift): string {
  const are = shifted === 1 ? 'is' : 'are';
  return `${plural(shifted, 'row')} (${shortPercent(share ?? 0)}) ${are} unlike the training answers`;
}

/** Largest number of names in a sentence. */
const LISTED = 5;

function unseenOf(what: string, names: Record<string, number>): string[] {
  const all = Object.entries(names);
  if (all.length === 0) return [];
  const rows = all.reduce((sum, [, count]) => sum + count, 0);
  const shown = all.slice(0, LISTED).map(([name]) => name);
  const more = all.length > LISTED ? ', …' : '';
  return [
    `${plural(rows, 'row is', 'rows are')} of a ${what} that was never seen in training (${shown.join(', ')}${more})`,
  ];
}

import { driftReasons } from '../../scorer/batch/drift.js';
import { shortPercent } from '../../support/words/short-percent.js';
import type { MonitorResult } from '../results.js';
import type { Notice } from '../state.js';

type Found = Pick<MonitorResult, 'promises' | 'slices' | 'drift' | 'unseen' | 'feedback'>;

/** Number of signals that the alarm of drift names. */
const NAMED = 5;

/** The alarms that are on after a run. `changes` counts a claim's alarms of change before this run. */
export function alertsOf(found: Found, changes: ReadonlyMap<string, number>, now: string | null): Notice[] {
  const alerts: Notice[] = [];
  const add = (kind: Notice['kind'], about: string, text: string) =>
    alerts.push({ key: `${kind} ${about}`, kind, text, since: now, isOver: false });
  for (const { claim, alpha, state, error, change } of found.promises) {
    const seen = error === null ? '' : ` (estimate ${shortPercent(error.value)})`;
    if (state === 'broken')
      add(
        'broken',
        claim,
        `${claim}: more than ${shortPercent(alpha)} of the accepted answers were wrong on average${seen}`,
      );
    if (change.alarms > (changes.get(claim) ?? 0))
      add('change', claim, `${claim}: errors among accepted answers have recently risen above ${shortPercent(alpha)}`);
  }
  for (const { claim, slice } of found.slices)
    add('slice', `${claim} ${slice}`, `${claim}: too many errors in ${slice}`);
  const drifted = (found.drift ?? []).filter(({ alarm }) => alarm);
  if (drifted.length > 0) {
    const names = drifted.slice(0, NAMED).map(({ signal }) => signal);
    const more = drifted.length > NAMED ? ` and ${drifted.length - NAMED} more` : '';
    add('drift', '', `answers differ from training in ${names.join(', ')}${more}`);
  }
  if (found.unseen.alarm) add('unseen', '', driftReasons(found.unseen).join('; '));
  if (found.feedback.alarm) {
    const [before, after] = found.feedback.reported.map((share) => shortPercent(share ?? 0));
    const text = `users report ${after} of the accepted questions as wrong, before ${before}; this may be biased`;
    add('feedback', '', text);
  }
  return alerts;
}

/**
 * What is new: alarms that were not on before, and, quietly, alarms that are over. An alarm that stays on keeps its
 * beginning and is not announced again. An alarm of change is an event, so it is announced and then forgotten.
 */
export function noticesOf(before: readonly Notice[], now: readonly Notice[]): { alerts: Notice[]; notices: Notice[] } {
  const known = new Map(before.map((alert) => [alert.key, alert]));
  const isOn = new Set(now.map(({ key }) => key));
  const alerts = now.map((alert) => ({ ...alert, since: known.get(alert.key)?.since ?? alert.since }));
  return {
    alerts: alerts.filter(({ kind }) => kind !== 'change'),
    notices: [
      ...alerts.filter(({ key }) => !known.has(key)),
      ...before.filter(({ key }) => !isOn.has(key)).map((alert) => ({ ...alert, isOver: true })),
    ],
  };
}

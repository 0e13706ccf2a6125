import { Gauge, Registry } from 'prom-client';
import { VERSION_DIGITS } from '../../scorer/version-digits.js';
import { PROMISE_STATES } from '../promise/standing.js';
import type { MonitorResult } from '../results.js';
import { ALERT_KINDS } from '../state.js';

/**
 * The findings of a run as text in the format of Prometheus, for the textfile collector of its node exporter. All are
 * gauges named `vouch_monitor_…`, with the start of the bundle's SHA-256 as `bundle`, as in `vouch_bundle_info{version}`.
 */
export function metricsText(result: MonitorResult): Promise<string> {
  const registry = new Registry();
  registry.setDefaultLabels({ bundle: result.bundle.slice(0, VERSION_DIGITS) });
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name: `vouch_monitor_${name}`, help, labelNames, registers: [registry] });
  gauge('run', 'Number of the run').set(result.run);
  gauge('answers', 'New answers of this run').set(result.answers.new);
  gauge('accepted', 'Accepted answers of this run').set(result.answers.accepted);
  const { right, wrongAccepted } = result.expected;
  const expected = gauge('expected', 'Expected share, if calibration is unchanged', ['what', 'limit']);
  for (const [what, share] of [
    ['right', right],
    ['wrong_accepted', wrongAccepted],
  ] as const) {
    if (share === null) continue;
    for (const limit of ['value', 'low', 'high'] as const) expected.set({ what, limit }, share[limit]);
  }
  const state = gauge('promise', '1 for the state of the promise', ['claim', 'state']);
  const error = gauge('error', 'Estimated share of errors among accepted answers', ['claim', 'limit']);
  const labels = gauge('labels', 'Drawn labels that arrived, wait, or were given up', ['claim', 'what']);
  const evalue = gauge('log_evalue', 'ln of the e-value that the promise is broken, or holds', ['claim', 'of']);
  for (const { claim, state: is, error: seen, ...rest } of result.promises) {
    for (const each of PROMISE_STATES) {
      state.set({ claim, state: each.replace(' ', '_') }, each === is ? 1 : 0);
    }
    if (seen !== null) for (const limit of ['value', 'low', 'high'] as const) error.set({ claim, limit }, seen[limit]);
    labels.set({ claim, what: 'arrived' }, rest.labels);
    labels.set({ claim, what: 'waiting' }, rest.waiting);
    labels.set({ claim, what: 'given_up' }, rest.givenUp);
    evalue.set({ claim, of: 'broken' }, rest.logBroken);
    evalue.set({ claim, of: 'holds' }, rest.logHolds);
  }
  const drift = gauge('drift', 'Distance of a signal from training, 0 to 1', ['signal']);
  for (const { signal, distance } of result.drift ?? []) drift.set({ signal }, distance);
  const alert = gauge('alert', 'Number of alarms that are on', ['kind']);
  for (const kind of ALERT_KINDS) {
    const isNew = (each: { kind: string; isOver: boolean }) => each.kind === kind && !each.isOver;
    const on = kind === 'change' ? result.notices : result.alerts;
    alert.set({ kind }, on.filter(isNew).length);
  }
  return registry.metrics();
}

import { Gauge, type Registry } from 'prom-client';
import { VERSION_DIGITS } from '../../scorer/version-digits.js';
import { PROMISE_STATES } from '../promise/standing.js';
import type { MonitorResult } from '../results.js';
import { ALERT_KINDS } from '../state.js';

/**
 * Gauges of the findings, in a registry. All are named `vouch_monitor_…`, with the start of the bundle's SHA-256 as
 * `bundle`, as in `vouch_bundle_info{version}`. The function that it returns sets them to the findings of a run.
 */
export function monitorGauges(registry: Registry): (result: MonitorResult) => void {
  const all: Gauge[] = [];
  let bundle = '';
  const gauge = (name: string, help: string, names: string[] = []) => {
    const labelNames = [...names, 'bundle'];
    const made = new Gauge({ name: `vouch_monitor_${name}`, help, labelNames, registers: [registry] });
    all.push(made);
    return (value: number, labels: Record<string, string> = {}) => made.set({ ...labels, bundle }, value);
  };
  const set = {
    run: gauge('run', 'Number of the run'),
    answers: gauge('answers', 'New answers of this run'),
    accepted: gauge('accepted', 'Accepted answers of this run'),
    expected: gauge('expected', 'Expected share, if calibration is unchanged', ['what', 'limit']),
    promise: gauge('promise', '1 for the state of the promise', ['claim', 'state']),
    error: gauge('error', 'Estimated share of errors among accepted answers', ['claim', 'limit']),
    labels: gauge('labels', 'Drawn labels that arrived, wait, or were given up', ['claim', 'what']),
    evalue: gauge('log_evalue', 'ln of the e-value that the promise is broken, or holds', ['claim', 'of']),
    drift: gauge('drift', 'Distance of a signal from training, 0 to 1', ['signal']),
    alert: gauge('alert', 'Number of alarms that are on', ['kind']),
  };
  return (result) => {
    for (const each of all) each.reset();
    bundle = result.bundle.slice(0, VERSION_DIGITS);
    set.run(result.run);
    set.answers(result.answers.new);
    set.accepted(result.answers.accepted);
    const { right, wrongAccepted } = result.expected;
    for (const [what, share] of [
      ['right', right],
      ['wrong_accepted', wrongAccepted],
    ] as const) {
      if (share === null) continue;
      for (const limit of ['value', 'low', 'high'] as const) set.expected(share[limit], { what, limit });
    }
    for (const { claim, state: is, error: seen, ...rest } of result.promises) {
      for (const each of PROMISE_STATES) {
        set.promise(each === is ? 1 : 0, { claim, state: each.replace(' ', '_') });
      }
      if (seen !== null)
        for (const limit of ['value', 'low', 'high'] as const) set.error(seen[limit], { claim, limit });
      set.labels(rest.labels, { claim, what: 'arrived' });
      set.labels(rest.waiting, { claim, what: 'waiting' });
      set.labels(rest.givenUp, { claim, what: 'given_up' });
      set.evalue(rest.logBroken, { claim, of: 'broken' });
      set.evalue(rest.logHolds, { claim, of: 'holds' });
    }
    for (const { signal, distance } of result.drift ?? []) set.drift(distance, { signal });
    for (const kind of ALERT_KINDS) {
      const isNew = (each: { kind: string; isOver: boolean }) => each.kind === kind && !each.isOver;
      const on = kind === 'change' ? result.notices : result.alerts;
      set.alert(on.filter(isNew).length, { kind });
    }
  };
}

import { Registry } from 'prom-client';
import type { MonitorResult } from '../results.js';
import { monitorGauges } from './gauges.js';

/** The findings of a run as text in the format of Prometheus, for the textfile collector of its node exporter. */
export function metricsText(result: MonitorResult): Promise<string> {
  const registry = new Registry();
  monitorGauges(registry)(result);
  return registry.metrics();
}

import { pluginSignals } from '../../features/plugin/signals-of.js';
import { rowMaker } from '../../features/row.js';
import { syntheticRecords } from '../../models/bundle/golden.js';
import type { Plugins } from '../../support/plugins/plugin.js';
import { random } from '../../support/random.js';

/** Number of synthetic records, and of alternatives per token. */
const RECORDS = 32;
const TOP_K = 5;

/**
 * Computes the signals of plug-ins on synthetic records like those of golden.json, so that a faulty one is found before
 * hours of training. Errors: BAD_USAGE for an incomplete signal, PLUGIN_FAILED.
 */
export function trySignals(plugins: Plugins): void {
  const own = pluginSignals(plugins);
  if (own.length === 0) return;
  const schema = { topK: TOP_K, numeric: own.map(({ name, version }) => `${name}@${version}`), categorical: [] };
  const maker = rowMaker(schema, own);
  for (const record of syntheticRecords(schema, RECORDS, random('plug-ins'))) maker.signals(record);
}

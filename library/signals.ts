import { checkRecord } from '../data/check-record.js';
import { copied } from '../data/read/copied.js';
import type { RecordInput } from '../data/record.js';
import { isAnswer } from '../data/token-list.js';
import { commonTopK, SignalCollector } from '../features/collect.js';
import type { SignalPlugin } from '../features/plugin/signal-plugin.js';
import { pluginSignals } from '../features/plugin/signals-of.js';
import { plainName } from '../features/row.js';
import { VouchError } from '../support/errors.js';
import { givenObjects } from '../support/plugins/open-plugins.js';

/**
 * The signals of one record by name, as docs/signals.md describes them. A signal that was not recorded is absent;
 * labels and references are never read. `topK` is the number of alternatives to read per token (default: as many as
 * the record has), `plugins` are signals that `defineSignal` returned. Error: BAD_RECORD with the field, also if the record has no answer.
 */
export function signals(
  record: RecordInput,
  { topK, plugins }: { topK?: number; plugins?: readonly SignalPlugin[] } = {},
): Record<string, number> {
  const answer = checkRecord(copied(record));
  if (!isAnswer(answer)) throw new VouchError('BAD_RECORD', 'is not an answer', { field: 'answer', expected: 'text' });
  const collector = new SignalCollector(topK ?? commonTopK([answer]), null, pluginSignals(givenObjects(plugins)));
  collector.add(answer);
  const { columns } = collector.finish();
  const recorded = [...columns].filter(([, values]) => !Number.isNaN(values[0]));
  return Object.fromEntries(recorded.map(([name, values]) => [plainName(name), values[0]]));
}

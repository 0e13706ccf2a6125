import { setAside } from '../../data/write/set-aside.js';
import type { Pinning } from '../../models/bundle/pinning.js';
import type { MonitorResult } from '../../monitor/results.js';
import { type MonitorRules, monitorDefaults, monitorRules } from '../../monitor/rules.js';
import { refuseOutputs } from '../../support/folder/same-place.js';
import { reportedProgress } from '../../support/reported-progress.js';
import { onlyKnown, type ReadSettings, splitReading } from '../read-settings.js';
import type { RunOptions } from '../run-options.js';
import type { MonitorFiles } from './monitor.js';

/** Options of `monitorStore`. */
export interface MonitorStoreOptions
  extends MonitorFiles,
    Pinning,
    RunOptions,
    Pick<ReadSettings, 'labels' | 'labelRules' | 'badLines' | 'badFile'>,
    Omit<Partial<MonitorRules>, 'drawn'> {
  /**
   * Which feedback counts as the label of a drawn answer, as `kind` or `kind:source`; the default is `verdict` and
   * `score:annotation`. All other feedback goes to the alarm that may be biased.
   */
  reviews?: readonly string[];
}

const { drawn: _, ...rules } = monitorDefaults;
const known = [
  ...(['model', 'state', 'queue', 'out', 'metrics', 'webhook', 'digest', 'trusted', 'reviews'] as const),
  ...(['labels', 'labelRules', 'badLines', 'badFile'] as const),
  ...(['onProgress', 'onNote', 'signal'] as const),
  ...(Object.keys(rules) as (keyof typeof rules)[]),
];

/**
 * One run of the monitor over the answers and the feedback that a store got since the last run, in the order of time.
 * `store` is a SQLite file, or `postgres://…`. Answers of other bundles are left out and counted. Errors: those of
 * `monitor`; STORE_BAD, STORE_UNAVAILABLE.
 */
export async function monitorStore(store: string, options: MonitorStoreOptions): Promise<MonitorResult> {
  onlyKnown(options, known);
  const { read, badFile, rest } = splitReading(options);
  const { model, state, queue, out, metrics, webhook, digest, trusted, onNote, onProgress, signal } = rest;
  const { checkQueueFile } = await import('../../monitor/queue/write-queue.js');
  const { webhookUrl } = await import('../../monitor/alerts/webhook.js');
  const { readLabels } = await import('../../monitor/labels.js');
  const { runStored } = await import('../../monitor/stored/run-stored.js');
  const { REVIEWS, reviewsBy } = await import('../../monitor/stored/reviews.js');
  const { lockOf } = await import('../../monitor/state-file.js');
  if (queue !== undefined) checkQueueFile(queue);
  const reviews = rest.reviews ?? REVIEWS;
  reviewsBy(reviews);
  const aside = badFile ?? `${state}.bad.jsonl`;
  const outputs = Object.entries({ state, queue, out, metrics, badFile: aside });
  const labelFiles = read.labels === undefined ? [] : [read.labels];
  await refuseOutputs([...outputs, ['state', lockOf(state)]], { inputs: [...labelFiles, store], folders: [model] });
  const given =
    read.labels === undefined
      ? { labels: new Map<string, number>(), bad: [], note: null }
      : await readLabels(read.labels, { rules: read.labelRules ?? {}, badLines: read.badLines ?? 'stop' });
  const shown = onProgress === undefined ? null : reportedProgress(onProgress)('monitor', { unit: 'answers' });
  const note = (text: string) => onNote?.({ about: 'answers', text });
  if (given.note !== null) note(given.note);
  const result = await runStored({
    ...{ place: store, model, pinning: { digest, trusted }, state, queue, out, metrics },
    webhook: webhook === undefined ? undefined : webhookUrl(webhook),
    rules: monitorRules({ ...rest, drawn: null }),
    reviews,
    ...{ labels: given.labels, signal, note },
    progress: (answers) => shown?.add(answers),
  });
  shown?.done();
  for (const text of await setAside(given.bad, aside)) note(text);
  return result;
}

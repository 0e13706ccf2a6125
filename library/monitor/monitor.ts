import { namingOn } from '../../data/naming.js';
import { type AnswerSource, pathsOf } from '../../data/read/answer-source.js';
import { type ReadOptions, readAnswers, readPacked } from '../../data/read/answers.js';
import { pluginReaders } from '../../data/read/formats/define-reader.js';
import { newSummary, type ReadSummary } from '../../data/read/summary.js';
import type { AnswerRecord } from '../../data/record.js';
import { setAside } from '../../data/write/set-aside.js';
import { annotateFor } from '../../meaning/annotate-for.js';
import type { Annotator } from '../../meaning/annotator.js';
import { encodersRead, namedBy } from '../../models/bundle/encoders-read.js';
import type { Pinning } from '../../models/bundle/pinning.js';
import type { Bundle } from '../../models/bundle/read.js';
import type { readLabels } from '../../monitor/labels.js';
import type { MonitorResult } from '../../monitor/results.js';
import { type MonitorRules, monitorDefaults, monitorRules, QUEUE_OR_DRAWN } from '../../monitor/rules.js';
import type { Scorer } from '../../scorer/scorer.js';
import { append } from '../../support/append.js';
import { closing } from '../../support/closing.js';
import { VouchError } from '../../support/errors.js';
import { refuseOutputs } from '../../support/folder/same-place.js';
import { openPlugins } from '../../support/plugins/open-plugins.js';
import { reportedProgress } from '../../support/reported-progress.js';
import { DAY } from '../../support/time/day.js';
import { plural } from '../../support/words/plural.js';
import { type EncoderOptions, noteEncoders, withEncoders } from '../encoders.js';
import { namedFiles, onlyKnown, type ReadSettings, splitReading } from '../read-settings.js';
import type { PluginOptions, RunOptions } from '../run-options.js';

/** The files of a run of the monitor, and where its news go. */
export interface MonitorFiles {
  /** Folder of the bundle. */
  model: string;
  /** File that remembers what earlier runs found; it is made in the first run. */
  state: string;
  /** File for the answers to label next (.csv or .jsonl); none if absent. It must not exist yet. */
  queue?: string;
  /** File for the findings as JSON, and for metrics in the format of Prometheus; none if absent. */
  out?: string;
  metrics?: string;
  /** Address that gets alarms that began or are over, as JSON by POST. */
  webhook?: string;
}

/** Options of `monitor`. `labels` names the filled-in queue, or feedback; labels are joined by id. */
export interface MonitorOptions
  extends MonitorFiles,
    ReadSettings,
    Pinning,
    PluginOptions,
    EncoderOptions,
    RunOptions,
    Partial<MonitorRules> {}

const known = [
  ...(['model', 'state', 'queue', 'out', 'metrics', 'webhook', 'digest', 'trusted', 'plugins', 'encoders'] as const),
  ...(['onProgress', 'onNote', 'signal'] as const),
  ...(Object.keys(monitorDefaults) as (keyof MonitorRules)[]),
];

/**
 * One run of the monitor over new answers, in the order of time: drift and expected errors without labels, the state of
 * each promise from drawn labels. It goes on where the last run ended. Errors: those of opening a bundle and of reading;
 * RESUME_MISMATCH if the state is of another bundle or of other rules; OUT_EXISTS for the queue; INTERRUPTED.
 */
export function monitor(answers: AnswerSource, options: MonitorOptions): Promise<MonitorResult> {
  return withEncoders(options.encoders, (annotator) => monitorWith(answers, options, annotator));
}

async function monitorWith(
  answers: AnswerSource,
  options: MonitorOptions,
  annotator: Annotator | undefined,
): Promise<MonitorResult> {
  const { read: all, badFile, rest } = splitReading(options);
  onlyKnown(rest, known);
  const { labels: labelFile, on, labelRules, ...read } = all;
  if (on !== undefined) throw new VouchError('BAD_USAGE', 'labels are joined by id', { field: 'on', got: on });
  const { model, state: stateFile, queue, out, metrics, webhook, digest, trusted, onNote } = rest;
  const rules = monitorRules(rest);
  if (queue !== undefined && rules.drawn !== null) throw twoDraws(queue);
  const { announce, writeFindings } = await import('../../monitor/findings.js');
  const { checkQueueFile } = await import('../../monitor/queue/write-queue.js');
  const { lockOf, lockState } = await import('../../monitor/state-file.js');
  const { webhookUrl } = await import('../../monitor/alerts/webhook.js');
  if (queue !== undefined) checkQueueFile(queue);
  const address = webhook === undefined ? undefined : webhookUrl(webhook);
  const plugins = await openPlugins(rest.plugins);
  const { openBundle } = await import('../../scorer/open.js');
  const { filesOf, readBundle } = await import('../../models/bundle/read.js');
  const bundle = await readBundle(model, { digest, trusted });
  const aside = badFile ?? `${stateFile}.bad.jsonl`;
  const outputs = { state: stateFile, queue, out, metrics, badFile: aside };
  const inputs = [...namedFiles(answers, all, rest.plugins), ...filesOf(bundle)];
  await refuseOutputs([...Object.entries(outputs), ['state', lockOf(stateFile)]], { inputs });
  const lock = await lockState(stateFile);
  const given = { plugins, annotator, grounds: false };
  const { scorer } = await openBundle(bundle, given).catch(closing({ close: () => lock.release() }));
  try {
    noteEncoders(namedBy([scorer.manifest]), annotator, onNote);
    const reading: ReadOptions = {
      ...read,
      // the rules are about the file of labels; without one, about the labels in the answers
      labelRules: labelFile === undefined ? labelRules : undefined,
      naming: namingOn(scorer.manifest.naming, read.naming),
      readers: pluginReaders(plugins),
      annotate: annotateFor(scorer.manifest.encoders, annotator, encodersRead(scorer.manifest)),
    };
    const given = await labelsIn(labelFile, { rules: labelRules ?? {}, badLines: read.badLines ?? 'stop' });
    const job = { answers, reading, given, rules, bundle, scorer, run: rest, stateFile };
    const { state, result, bad, notes } = await oneRun(job);
    const unread = await setAside(bad, aside);
    for (const text of [...unread, ...notes]) onNote?.({ about: 'answers', text });
    await writeFindings({ queue, out, metrics }, result, (ids) => recordsFor(answers, reading, ids));
    const { writeState } = await import('../../monitor/state.js');
    await writeState(stateFile, state);
    if (address !== undefined) {
      const note = (text: string) => onNote?.({ about: 'answers', text });
      await announce(address, { stateFile, state, signal: rest.signal, note });
    }
    return result;
  } finally {
    await lock.release();
    await scorer.close();
  }
}

function twoDraws(queue: string): VouchError {
  return new VouchError('BAD_USAGE', QUEUE_OR_DRAWN, { field: 'queue', got: queue });
}

type Labels = Awaited<ReturnType<typeof readLabels>>;

async function labelsIn(file: string | undefined, how: Parameters<typeof readLabels>[1]): Promise<Labels> {
  if (file === undefined) return { labels: new Map(), bad: [], note: null };
  const { readLabels } = await import('../../monitor/labels.js');
  return readLabels(file, how);
}

interface Job {
  answers: AnswerSource;
  reading: ReadOptions;
  /** Labels of the file of labels. */
  given: Labels;
  rules: MonitorRules;
  bundle: Bundle;
  scorer: Scorer;
  run: Pick<MonitorOptions, 'queue' | 'webhook' | 'onProgress' | 'signal'>;
  stateFile: string;
}

async function oneRun({ answers, reading, given, rules, bundle, scorer, run, stateFile }: Job) {
  const { Intake } = await import('../../monitor/intake.js');
  const { takeAnswers } = await import('../../monitor/score-answers.js');
  const { runMonitor } = await import('../../monitor/run.js');
  const { stateFor } = await import('../../monitor/state-file.js');
  const { REFERENCE_FILE, referenceIn } = await import('../../models/bundle/reference.js');
  const before = await stateFor(stateFile, scorer.digest, rules);
  if (before.stored !== null) {
    const hint = 'Name a new state file for answers from files.';
    throw new VouchError('RESUME_MISMATCH', 'the state was begun with answers from a store', { file: stateFile, hint });
  }
  const bad = [...given.bad];
  const intake = new Intake(before);
  const summary = newSummary();
  const shown = run.onProgress === undefined ? null : reportedProgress(run.onProgress)('monitor', { unit: 'answers' });
  for await (const batch of readPacked(answers, { ...reading, summary })) {
    if (run.signal?.aborted) throw new VouchError('INTERRUPTED', 'the run was stopped; the state is as before');
    append(bad, batch.bad);
    await takeAnswers(batch.records, { scorer, intake, groupBy: reading.groupBy, labels: given.labels });
    shown?.add(batch.records.length);
  }
  shown?.done();
  const reference = referenceIn(bundle.files.get(REFERENCE_FILE));
  const { state, result } = runMonitor({
    ...{ state: before, manifest: scorer.manifest, reference, read: intake.finish(), labels: given.labels },
    rule: { level: rules.driftLevel, least: rules.leastDrift },
    queue: run.queue === undefined ? 0 : rules.queueLabels,
    drawn: rules.drawn,
    sends: run.webhook !== undefined,
    patience: rules.dueDays * DAY,
    clock: Date.now(),
  });
  const isJoined = given.labels.size > 0 || run.queue !== undefined;
  const notes = [
    ...(given.note === null ? [] : [given.note]),
    ...(isJoined ? idNotes(summary) : []),
    ...(reference === null ? [NO_REFERENCE] : []),
  ];
  return { state, result, bad, notes };
}

const NO_REFERENCE =
  'this bundle does not say how its training answers were distributed, so drift of signals is not measured; ' +
  'train or adapt it again';

/** Labels are joined by id. Files of different days may have one name, and then their lines have the same ids. */
function idNotes({ withoutId, records }: ReadSummary): string[] {
  if (withoutId === 0) return [];
  const have = withoutId === 1 ? 'has' : 'have';
  return [
    `${withoutId} of ${plural(records, 'answer')} ${have} no id and got the name of the file and the line instead. ` +
      'If another file has the same name, labels may go to wrong answers: give answers an id (--map id=FIELD)',
  ];
}

/** The records of these answers, read a second time; none if they can be read only once. */
async function recordsFor(
  answers: AnswerSource,
  reading: ReadOptions,
  ids: ReadonlySet<string>,
): Promise<Map<string, AnswerRecord>> {
  const found = new Map<string, AnswerRecord>();
  const isOnce = pathsOf(answers)?.includes('-') ?? !Array.isArray(answers);
  if (isOnce || ids.size === 0) return found;
  for await (const { records } of readAnswers(answers, { ...reading, badLines: 'skip', annotate: undefined })) {
    for (const record of records) if (ids.has(record.id)) found.set(record.id, record);
  }
  return found;
}

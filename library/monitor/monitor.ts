import { dirname, resolve } from 'node:path';
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
import type { MonitorState } from '../../monitor/state.js';
import type { Scorer } from '../../scorer/scorer.js';
import { append } from '../../support/append.js';
import { makeFolder, outError, writeAtomic } from '../../support/atomic.js';
import { closing } from '../../support/closing.js';
import { VouchError } from '../../support/errors.js';
import { refuseOutputs } from '../../support/folder/same-place.js';
import { takeLock } from '../../support/lock.js';
import { openPlugins } from '../../support/plugins/open-plugins.js';
import { reportedProgress } from '../../support/reported-progress.js';
import { DAY } from '../../support/time/day.js';
import { plural } from '../../support/words/plural.js';
import { type EncoderOptions, noteEncoders, withEncoders } from '../encoders.js';
import { namedFiles, onlyKnown, type ReadSettings, splitReading } from '../read-settings.js';
import type { PluginOptions, RunOptions } from '../run-options.js';
import { type MonitorRules, monitorDefaults, monitorRules, QUEUE_OR_DRAWN } from './monitor-rules.js';

/** Options of `monitor`. `labels` names the filled-in queue, or feedback; labels are joined by id. */
export interface MonitorOptions
  extends ReadSettings,
    Pinning,
    PluginOptions,
    EncoderOptions,
    RunOptions,
    Partial<MonitorRules> {
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
  const { checkQueueFile } = await import('../../monitor/queue/write-queue.js');
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
  const lock = await lockFor(stateFile);
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
    if (address !== undefined) await announce(address, { stateFile, state, run: rest });
    return result;
  } finally {
    await lock.release();
    await scorer.close();
  }
}

function twoDraws(queue: string): VouchError {
  return new VouchError('BAD_USAGE', QUEUE_OR_DRAWN, { field: 'queue', got: queue });
}

function lockOf(stateFile: string): string {
  return `${stateFile}.lock`;
}

/** Errors: OUT_UNWRITABLE if another run writes this state, or if its folder cannot be made; DISK_FULL. */
async function lockFor(file: string): ReturnType<typeof takeLock> {
  try {
    await makeFolder(dirname(resolve(file)));
    return await takeLock(lockOf(file), { wait: 0, of: file });
  } catch (error) {
    throw outError(file, error);
  }
}

type Labels = Awaited<ReturnType<typeof readLabels>>;

async function labelsIn(file: string | undefined, how: Parameters<typeof readLabels>[1]): Promise<Labels> {
  if (file === undefined) return { labels: new Map(), bad: [] };
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
  const { REFERENCE_FILE, referenceIn } = await import('../../models/bundle/reference.js');
  const before = await stateFor(stateFile, scorer.digest, rules);
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
  const notes = [...(isJoined ? idNotes(summary) : []), ...(reference === null ? [NO_REFERENCE] : [])];
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

/** The state to go on from, or a new one. Errors: RESUME_MISMATCH if it is of another bundle or other rules. */
async function stateFor(file: string, digest: string, rules: MonitorRules): Promise<MonitorState> {
  const { readState, startState } = await import('../../monitor/state.js');
  const fixed = { bundle: digest, seed: rules.seed, floor: rules.leastChance, runLength: rules.runLength };
  const found = await readState(file);
  if (found === null) return startState(fixed);
  for (const [name, value] of Object.entries(fixed)) {
    const before = found[name as keyof typeof fixed];
    if (before === value) continue;
    throw new VouchError('RESUME_MISMATCH', 'the state was begun with something else', {
      ...{ file, field: name === 'floor' ? 'leastChance' : name, expected: String(before), got: value },
      hint: 'Name a new state file. With it, all promises start again without labels.',
    });
  }
  return found;
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

/** Writes the files that the caller asked for. */
async function writeFindings(
  { queue, out, metrics }: Pick<MonitorOptions, 'queue' | 'out' | 'metrics'>,
  result: MonitorResult,
  recordsOf: (ids: ReadonlySet<string>) => Promise<Map<string, AnswerRecord>>,
): Promise<void> {
  if (queue !== undefined) {
    const { writeQueue } = await import('../../monitor/queue/write-queue.js');
    await writeQueue(queue, result.queue, await recordsOf(new Set(result.queue.map(({ id }) => id))));
  }
  if (out !== undefined) await writeAtomic(out, `${JSON.stringify(result, null, 1)}\n`);
  if (metrics !== undefined) {
    const { metricsText } = await import('../../monitor/alerts/metrics-file.js');
    await writeAtomic(metrics, await metricsText(result));
  }
}

/**
 * Sends what is new, and what no earlier run could send. The state is complete before: a run that is killed while it
 * sends loses nothing, and the next one sends again. So it is written a second time if the webhook took the news.
 */
async function announce(
  address: string,
  { stateFile, state, run }: { stateFile: string; state: MonitorState; run: RunOptions },
): Promise<void> {
  if (state.unsent.length === 0) return;
  const { alertOf, sendAlert } = await import('../../monitor/alerts/webhook.js');
  const { writeState } = await import('../../monitor/state.js');
  const alert = alertOf({ bundle: state.bundle, run: state.runs }, state.unsent);
  const failed = await sendAlert(address, alert, { abort: run.signal });
  if (failed === null) await writeState(stateFile, { ...state, unsent: [] });
  else {
    const text = `the webhook did not take the alarms (${failed}); the next run with --webhook sends them again`;
    run.onNote?.({ about: 'answers', text });
  }
}

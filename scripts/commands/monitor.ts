import { type Command, Option } from 'commander';
import { type MonitorOptions, monitor } from '../../library/monitor/monitor.js';
import { monitorStore } from '../../library/monitor/monitor-store.js';
import type { MonitorResult } from '../../monitor/results.js';
import { monitorDefaults, QUEUE_OR_DRAWN } from '../../monitor/rules.js';
import { REVIEWS } from '../../monitor/stored/reviews.js';
import { monitorText } from '../../monitor/words.js';
import { givenAnswers, refuseBesideStore } from '../flags/beside-store.js';
import { addEncoders, type EncoderFlags, encodersOf } from '../flags/encoders.js';
import { exclusive } from '../flags/exclusive.js';
import { addPinning, type PinningFlags, pinningOf } from '../flags/pinning.js';
import { addPlugins, type PluginFlags } from '../flags/plugins.js';
import { addReading, number, type ReadingFlags, readOptionsOf, share, whole } from '../flags/reading.js';
import { shownProgress } from '../flags/shown-progress.js';

const failures = ['broken', 'change', 'drift', 'any'] as const;

interface Flags extends ReadingFlags, PinningFlags, PluginFlags, EncoderFlags {
  store?: string;
  reviews: string[];
  model: string;
  state: string;
  queue?: string;
  queueLabels: number;
  drawn?: number;
  leastChance: number;
  dueDays: number;
  runLength: number;
  driftLevel: number;
  leastDrift: number;
  psi?: boolean;
  seed: number;
  out?: string;
  metrics?: string;
  webhook?: string;
  failOn?: (typeof failures)[number];
  json?: boolean;
  quiet?: boolean;
}

const example = `
Example, once a day: look for drift, and draw answers to label:
  $ vouch monitor monday.jsonl --model runs/mine --state monitor.json --queue monday.csv

Later, with the labels that people filled in:
  $ vouch monitor tuesday.jsonl --model runs/mine --state monitor.json --labels monday.csv --fail-on broken

The same over the answers and the feedback that vouch serve or vouch gateway stored:
  $ vouch monitor --store answers.db --model runs/mine --state monitor.json --queue monday.csv`;

/** `vouch monitor`: whether answers still are as in training, and whether the promise still holds. */
export function register(program: Command): void {
  const command = program
    .command('monitor')
    .summary('Watch a bundle in use: drift, expected errors, and whether its promises still hold.')
    .description(
      'Looks at new answers, in the order of time, and goes on where the last run ended. Without labels it measures ' +
        'drift from training and the errors that the probabilities let expect. With labels that it drew itself ' +
        '(--queue), it says whether each promise is broken, holds, or cannot be told yet.',
    )
    .argument('[answers...]', 'new answers, in the order of time; - for standard input; none with --store')
    .requiredOption('--model <dir>', 'the bundle')
    .requiredOption('--state <file>', 'what earlier runs found; the first run makes this file')
    .option(
      '--store <place>',
      'take answers and feedback from this store instead of files; a SQLite file, or postgres://…',
    )
    .option(
      '--reviews <kinds>',
      'with --store: feedback that counts as the label of a drawn answer, as KIND or KIND:SOURCE, with commas',
      (text: string) => text.split(',').map((each) => each.trim()),
      [...REVIEWS],
    );
  addEncoders(addPlugins(addReading(addPinning(command), 'skip')))
    .option('--queue <file>', 'write answers to label next to this new file (.csv or .jsonl); --labels reads it back')
    .option(
      '--queue-labels <n>',
      'number of answers in the queue, on average',
      whole('--queue-labels', 'not a number of labels', 1, 10_000),
      monitorDefaults.queueLabels,
    )
    .option(
      '--drawn <chance>',
      'the labels in the answers were drawn with this chance, fixed before they were given; 1: all are labelled ' +
        '(default: labels that the queue did not draw count as feedback)',
      share('--drawn'),
    )
    .option(
      '--least-chance <share>',
      'smallest chance with which an answer is drawn, .02 or more; fixed by the first run. Larger: sooner decided',
      share('--least-chance'),
      monitorDefaults.leastChance,
    )
    .option('--due-days <n>', 'give up a missing label after so many days', number, monitorDefaults.dueDays)
    .option(
      '--run-length <n>',
      'drawn labels between two false alarms of a recent change, on average; fixed by the first run',
      number,
      monitorDefaults.runLength,
    )
    .option(
      '--drift-level <share>',
      'chance that a run gives a false alarm of drift, over all signals',
      share('--drift-level'),
      monitorDefaults.driftLevel,
    )
    .option(
      '--least-drift <share>',
      'smallest distance from training that raises an alarm, 0 to 1',
      share('--least-drift'),
      monitorDefaults.leastDrift,
    )
    .option('--psi', 'also show the population stability index of each signal')
    .option('--seed <n>', 'seed of the draws; fixed by the first run', number, monitorDefaults.seed)
    .option('--out <file>', 'write the findings to this file, as JSON')
    .option('--metrics <file>', 'write them to this file as Prometheus metrics')
    .option('--webhook <url>', 'send alarms that began or are over to this address, as JSON')
    .addOption(
      new Option(
        '--fail-on <what>',
        'also exit with status 1 if a promise is broken, errors have recently risen, signals drift, or any alarm is on',
      ).choices(failures),
    )
    .option('--json', 'print the findings as JSON')
    .option('--quiet', 'no progress')
    .addHelpText('after', example)
    .action(run);
  exclusive(command, ['--queue', '--drawn'], QUEUE_OR_DRAWN);
}

async function run(answers: string[], flags: Flags): Promise<void> {
  const { model, state, queue, out, metrics, webhook, failOn, json, quiet, psi, seed } = flags;
  const { queueLabels, leastChance, dueDays, runLength, driftLevel, leastDrift } = flags;
  const notes: string[] = [];
  const options: MonitorOptions = {
    ...(await readOptionsOf(flags)),
    ...(await pinningOf(flags)),
    ...{ model, state, queue, out, metrics, webhook, seed, drawn: flags.drawn ?? null },
    ...{ queueLabels, leastChance, dueDays, runLength, driftLevel, leastDrift },
    ...{ plugins: flags.plugin, encoders: await encodersOf(flags) },
    onProgress: shownProgress(Boolean(quiet)),
    onNote: ({ text }) => notes.push(text),
  };
  const found =
    flags.store === undefined
      ? await monitor(givenAnswers(answers), options)
      : await overStore(answers, flags, options);
  if (json) process.stdout.write(`${JSON.stringify(found)}\n`);
  else {
    const lines = [...monitorText(found, { psi: Boolean(psi), queue }), ...notes.map((note) => `note: ${note}`)];
    process.stdout.write(`${lines.join('\n')}\n`);
  }
  if (failOn !== undefined && isFailure(found, failOn)) process.exitCode = 1;
}

/** Errors: BAD_USAGE for what only answers from files can have; those of `monitorStore`. */
function overStore(answers: string[], flags: Flags, options: MonitorOptions): Promise<MonitorResult> {
  refuseBesideStore(answers, flags, ['drawn']);
  const { model, state, queue, out, metrics, webhook, digest, trusted, labels, labelRules, badLines } = options;
  const { queueLabels, leastChance, dueDays, runLength, driftLevel, leastDrift, seed, onProgress, onNote } = options;
  return monitorStore(flags.store as string, {
    ...{ model, state, queue, out, metrics, webhook, digest, trusted, labels, labelRules, badLines },
    ...{ queueLabels, leastChance, dueDays, runLength, driftLevel, leastDrift, seed, onProgress, onNote },
    reviews: flags.reviews,
  });
}

/** `broken` judges all promises together; `change` looks at what this run found. */
function isFailure({ promises, alerts, notices }: MonitorResult, failOn: (typeof failures)[number]): boolean {
  const began = notices.filter(({ isOver }) => !isOver);
  if (failOn === 'broken') return promises.some(({ brokenTogether }) => brokenTogether);
  if (failOn === 'change') return began.some(({ kind }) => kind === 'change');
  if (failOn === 'drift') return alerts.some(({ kind }) => kind === 'drift' || kind === 'unseen');
  return alerts.length + began.length > 0;
}

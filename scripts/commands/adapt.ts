import type { Command } from 'commander';
import type { AdaptationReport } from '../../adapt/report/results.js';
import { measuredWords, promiseSentences } from '../../adapt/report/words.js';
import { adapt } from '../../library/adapt.js';
import { metricWords } from '../../report/words.js';
import { trainOptionsSchema } from '../../train/options.js';
import { table } from '../../train/prepare/summary.js';
import { type AboutFlags, aboutFrom, addAbout } from '../flags/about.js';
import { addEncoders, type EncoderFlags, encodersOf } from '../flags/encoders.js';
import { OTHER } from '../flags/groups.js';
import { addKeptPromise, type KeptPromiseFlags } from '../flags/kept-promise.js';
import { addPinning, type PinningFlags, pinningOf } from '../flags/pinning.js';
import { addPlugins, type PluginFlags } from '../flags/plugins.js';
import { addReading, number, type ReadingFlags, readOptionsOf } from '../flags/reading.js';
import { shownProgress } from '../flags/shown-progress.js';

const defaults = trainOptionsSchema.parse({});

interface Flags extends ReadingFlags, PinningFlags, PluginFlags, EncoderFlags, AboutFlags, KeptPromiseFlags {
  with: string[];
  out: string;
  seed?: number;
  reportTexts?: boolean;
  json?: boolean;
  quiet?: boolean;
}

const example = `
This command is made for 50 to 300 labelled answers. With many more, train on old and new answers
together.

Example:
  $ vouch adapt runs/mine --with new-task.jsonl --labels grades.csv --out runs/new-task
  $ vouch score more.jsonl --model runs/new-task --out scores.jsonl`;

export function register(program: Command): void {
  const command = program
    .command('adapt')
    .description('Adapt a bundle to a new task or model with a few labelled answers, and certify it again.')
    .argument('<bundle>', 'folder of the trained bundle')
    .requiredOption('--with <answers...>', 'files of labelled answers; - for standard input')
    .requiredOption('--out <dir>', 'folder of the new bundle');
  const about = addAbout(addEncoders(addPlugins(addReading(addPinning(command), 'stop'))), ' (default: as trained)');
  addKeptPromise(about)
    .optionsGroup(OTHER)
    .option('--report-texts', 'show questions and answers next to the most confident mistakes in the report')
    .option('--seed <n>', `seed for all random steps (default: ${defaults.seed})`, number)
    .option('--json', 'print the summary as JSON')
    .option('--quiet', 'no progress')
    .addHelpText('after', example)
    .action(run);
}

async function run(model: string, flags: Flags): Promise<void> {
  const { with: answers, out, targetError, confidence, seed, allowLeak, reportTexts } = flags;
  const { report } = await adapt(answers, {
    ...(await readOptionsOf(flags)),
    ...(await pinningOf(flags)),
    ...aboutFrom(flags),
    ...{
      model,
      out,
      targetError,
      confidence,
      seed,
      allowLeak,
      reportTexts,
      plugins: flags.plugin,
      encoders: await encodersOf(flags),
    },
    onProgress: shownProgress(Boolean(flags.quiet)),
    onNote: ({ text }) => process.stderr.write(`note: ${text}\n`),
  });
  if (flags.json) process.stdout.write(`${JSON.stringify(summaryOf(report, out))}\n`);
  else process.stdout.write(`\n${text(report)}\nbundle: ${out}   report: ${out}/report.html\n`);
}

/** The summary that `vouch adapt --json` prints. */
function summaryOf(report: AdaptationReport, out: string) {
  const { from, adapted, measuredOn, before, test, differences, thresholds, warnings } = report;
  return {
    out,
    from,
    adapted,
    measuredOn,
    before: before.metrics,
    metrics: test.metrics,
    differences,
    thresholds,
    warnings,
  };
}

const shown = ['logLoss', 'brier', 'auroc', 'ece'] as const;

function text(report: AdaptationReport): string {
  const { before, test, differences, warnings } = report;
  const rows = shown.map((name) => {
    const { label, show, difference } = metricWords[name];
    const { value, low, high } = differences[name];
    const span = low === null || high === null ? '' : ` (${difference(low)} to ${difference(high)})`;
    return [label, show(before.metrics[name].value), show(test.metrics[name].value), `${difference(value)}${span}`];
  });
  const isCertified = report.thresholds.some(({ threshold }) => threshold !== null);
  return [
    table([['', 'before', 'after', 'difference'], ...rows]),
    `${measuredWords(report)}.`,
    '',
    ...(isCertified ? [] : ['Nothing is certified.']),
    ...promiseSentences(report),
    ...warnings.map((note) => `note: ${note}`),
  ].join('\n');
}

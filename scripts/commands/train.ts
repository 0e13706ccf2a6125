import { type Command, Option } from 'commander';
import { train } from '../../library/train.js';
import { backendRequests } from '../../train/backend/rung.js';
import { parseOptions, type TrainOptions, trainOptionsSchema } from '../../train/options.js';
import { beforeAfter, costLines, equationLines, promises, summaryOf } from '../../train/prepare/summary.js';
import { type AboutFlags, aboutFrom, addAbout } from '../flags/about.js';
import { readConfig } from '../flags/config.js';
import { costsOf } from '../flags/costs.js';
import { exclusive } from '../flags/exclusive.js';
import { groups, OTHER } from '../flags/groups.js';
import { addPlugins, type PluginFlags } from '../flags/plugins.js';
import { addReading, number, type ReadingFlags, readOptionsOf, share } from '../flags/reading.js';
import { shownProgress } from '../flags/shown-progress.js';

const defaults = trainOptionsSchema.parse({});

interface Flags extends ReadingFlags, PluginFlags, AboutFlags {
  out: string;
  targetError?: number;
  confidence?: number;
  seed?: number;
  fingerprints?: boolean;
  signals?: TrainOptions['signals'];
  certify?: TrainOptions['certify'];
  refit?: boolean;
  split?: TrainOptions['split'];
  certifyBy?: TrainOptions['certifyBy'];
  sliceBy?: string[];
  simultaneous?: boolean;
  acceptUnseen?: TrainOptions['acceptUnseen'];
  allowLeak?: string[];
  costs?: Record<string, number>;
  backend?: TrainOptions['backend'];
  report?: TrainOptions['report'];
  reportTexts?: boolean;
  config?: string;
  resume?: boolean;
  heldOut?: string;
  json?: boolean;
  quiet?: boolean;
}

const example = `
Example:
  $ vouch train answers.jsonl.gz --labels grades.csv --on id --out runs/mine
  $ vouch score new.jsonl --model runs/mine --out scores.jsonl`;

export function register(program: Command): void {
  const command = program
    .command('train')
    .description('Train on labelled answers and write a bundle: scorer, certified thresholds and report.')
    .argument('<answers...>', 'files of answers in any format vouch reads; - for standard input')
    .requiredOption('--out <dir>', 'folder of the bundle');
  exclusive(
    command,
    ['--refit', '--certify cross'],
    'nested cross-fitting already ships a predictor trained on all labels',
  );
  for (const all of ['--refit', '--certify cross'])
    exclusive(command, ['--held-out', all], `${all} trains on every answer, so none can be held out`);
  addAbout(addPlugins(addReading(command, 'stop')))
    .optionsGroup(groups.promise)
    .option(
      '--target-error <share>',
      `allowed share of errors among accepted answers (default: ${defaults.targetError})`,
      share('--target-error'),
    )
    .option(
      '--confidence <share>',
      `confidence of that promise (default: ${defaults.confidence})`,
      share('--confidence'),
    )
    .optionsGroup(OTHER)
    .option('--seed <n>', `seed for all random steps (default: ${defaults.seed})`, number)
    .option('--no-fingerprints', 'store no fingerprints of the training questions; evaluate then cannot leave them out')
    .addOption(
      new Option(
        '--signals <which>',
        `numbers: do not read texts, so that an exported graph needs only numbers (default: ${defaults.signals})`,
      ).choices(['all', 'numbers']),
    )
    .optionsGroup(groups.promise)
    .addOption(
      new Option(
        '--certify <how>',
        'cross: all labels train and certify; split: one part only certifies; ' +
          `auto: cross below ${defaults.crossGroups.toLocaleString('en')} questions (default: ${defaults.certify})`,
      ).choices(['auto', 'cross', 'split']),
    )
    .option('--refit', 'write a predictor trained on all labels, without any claim; the metrics are those of the split')
    .addOption(
      new Option('--split <how>', `how to choose the certify part (default: ${defaults.split})`).choices([
        'group',
        'time',
      ]),
    )
    .addOption(
      new Option(
        '--certify-by <what>',
        `one threshold per pattern of signals, or per slice of each pattern (default: ${defaults.certifyBy})`,
      ).choices(['pattern', 'slice']),
    )
    .option(
      '--slice-by <names>',
      `fields that define a slice: model, task, features.NAME (default: ${defaults.sliceBy.join(',')})`,
      (text) => text.split(','),
    )
    .option('--simultaneous', 'that confidence is for all thresholds together, not for each one')
    .option(
      '--accept-unseen <what>',
      'with the value models: decide about models that were not in the training data by the same threshold, ' +
        'at your own responsibility, without a promise',
      (text) => text.split(',') as TrainOptions['acceptUnseen'],
    )
    .option(
      '--allow-leak <signal>',
      'certify even if the leak alarm names this signal; repeat for several',
      (name: string, before: string[] = []) => [...before, name],
    )
    .option(
      '--costs <table>',
      'three-way decisions: wrong=10,abstain=1,escalate=3[,escalatedWrong=0.2]; accepting a right answer costs 0',
      costsOf,
    )
    .optionsGroup(OTHER)
    .addOption(
      new Option('--backend <name>', `compute backend for training (default: ${defaults.backend})`).choices([
        ...backendRequests,
      ]),
    )
    .addOption(
      new Option(
        '--report <size>',
        `full: compute the slow tables of the report for any number of answers (default: ${defaults.report})`,
      ).choices(['normal', 'full']),
    )
    .option('--report-texts', 'show questions and answers next to the most confident mistakes in the report')
    .option('--config <file>', 'file of further options, as JSON; flags take precedence')
    .option(
      '--resume',
      'reuse the fits that an earlier run with the same answers and options finished; ' +
        'DIR.fits keeps them until the bundle is written',
    )
    .option('--held-out <file>', 'write the certify part, which never trains, as JSON Lines; sets --certify split')
    .option('--json', 'print the summary as JSON')
    .option('--quiet', 'no progress')
    .addHelpText('after', example)
    .action(run);
}

async function run(answers: string[], flags: Flags): Promise<void> {
  const { out, heldOut, resume, quiet = false } = flags;
  const options = await optionsOf(flags);
  const reading = { ...(await readOptionsOf(flags)), groupBy: options.groupBy, mergeNear: options.mergeNear };
  const { report } = await train(answers, {
    ...options,
    ...reading,
    ...{ out, heldOut, resume: Boolean(resume), plugins: flags.plugin, onProgress: shownProgress(quiet) },
    onNote: ({ about, text }) => {
      if (about === 'fits') process.stderr.write(`note: ${text}\n`);
      else if (!quiet) process.stderr.write(`${text}\n`);
    },
  });
  if (flags.json) process.stdout.write(`${JSON.stringify(summaryOf(report, out))}\n`);
  else {
    const lines = [
      beforeAfter(report),
      ...equationLines(report),
      '',
      promises(report),
      ...costLines(report.costs ?? null),
      '',
      ...report.data.warnings.map((text) => `note: ${text}`),
    ];
    process.stdout.write(`\n${lines.join('\n')}\nbundle: ${out}   report: ${out}/report.html\n`);
  }
}

async function optionsOf(flags: Flags): Promise<TrainOptions> {
  const { targetError, confidence, seed, signals, split, backend, groupBy, mergeNear } = flags;
  const { report, reportTexts, certify, refit, certifyBy, sliceBy, simultaneous, costs, acceptUnseen, allowLeak } =
    flags;
  const named = {
    targetError,
    confidence,
    seed,
    signals,
    split,
    backend,
    groupBy,
    mergeNear,
    // commander gives true if the flag is absent: then the config decides
    fingerprints: flags.fingerprints === false ? false : undefined,
    report,
    reportTexts,
    certify,
    refit: refit ? ('always' as const) : undefined,
    certifyBy,
    sliceBy,
    simultaneous,
    acceptUnseen,
    allowLeak,
    costs,
    ...aboutFrom(flags),
  };
  const given = Object.entries(named).filter(([, value]) => value !== undefined);
  const config = flags.config === undefined ? {} : await readConfig(flags.config);
  return parseOptions({ ...config, ...Object.fromEntries(given) }, flags.config);
}

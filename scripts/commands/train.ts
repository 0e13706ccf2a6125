import { readFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { train } from '../../library/train.js';
import { inError } from '../../support/atomic.js';
import { VouchError } from '../../support/errors.js';
import { backendRequests } from '../../train/backend/rung.js';
import { parseOptions, type TrainOptions, trainOptionsSchema } from '../../train/options.js';
import { beforeAfter, costLines, promises, summaryOf } from '../../train/prepare/summary.js';
import { costsOf } from '../flags/costs.js';
import { addReading, number, type ReadingFlags, readOptionsOf } from '../flags/reading.js';
import { shownProgress } from '../flags/shown-progress.js';

const defaults = trainOptionsSchema.parse({});

interface Flags extends ReadingFlags {
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
    .description('Learn from labelled answers: a bundle with scorer, certified thresholds and report.')
    .argument('<answers...>', 'files of answers in any format vouch reads; - for stdin')
    .requiredOption('--out <dir>', 'folder of the bundle');
  addReading(command, 'stop')
    .option(
      '--target-error <share>',
      `errors allowed among accepted answers (default: ${defaults.targetError})`,
      number,
    )
    .option('--confidence <share>', `confidence of that promise (default: ${defaults.confidence})`, number)
    .option('--seed <n>', `seed of everything random (default: ${defaults.seed})`, number)
    .option('--no-fingerprints', 'keep no fingerprints of the questions; evaluate then cannot leave them out')
    .addOption(
      new Option(
        '--signals <which>',
        `numbers: no text is read, so that an exported graph needs numbers alone (default: ${defaults.signals})`,
      ).choices(['all', 'numbers']),
    )
    .addOption(
      new Option(
        '--certify <how>',
        `cross: all labels train and certify; split: a part certifies and never trains; auto: cross below ${defaults.crossGroups.toLocaleString('en')} questions (default: ${defaults.certify})`,
      ).choices(['auto', 'cross', 'split']),
    )
    .option('--refit', 'ship a predictor trained on all labels, with no claim at all; metrics are those of the split')
    .addOption(
      new Option('--split <how>', `how the certify part is drawn (default: ${defaults.split})`).choices([
        'group',
        'time',
      ]),
    )
    .addOption(
      new Option(
        '--certify-by <what>',
        `a threshold for each pattern of signals or each slice of one (default: ${defaults.certifyBy})`,
      ).choices(['pattern', 'slice']),
    )
    .option(
      '--slice-by <names>',
      `what makes a slice: model, task, features.NAME (default: ${defaults.sliceBy.join(',')})`,
      (text) => text.split(','),
    )
    .option('--simultaneous', 'all thresholds hold together with that confidence, not each on its own')
    .option(
      '--accept-unseen <what>',
      'models: decide answers of models never trained on by the same threshold, on your own responsibility (promise: none)',
      (text) => text.split(',') as TrainOptions['acceptUnseen'],
    )
    .option(
      '--allow-leak <signal>',
      'certify although the leak alarm names this signal; once for each',
      (name: string, before: string[] = []) => [...before, name],
    )
    .option(
      '--costs <table>',
      'three-way decisions: wrong=10,abstain=1,escalate=3[,escalatedWrong=0.2]; a right answer accepted costs 0',
      costsOf,
    )
    .addOption(
      new Option('--backend <name>', `where to train (default: ${defaults.backend})`).choices([...backendRequests]),
    )
    .addOption(
      new Option(
        '--report <size>',
        `full: the costly tables of the report at any size (default: ${defaults.report})`,
      ).choices(['normal', 'full']),
    )
    .option('--config <file>', 'further options as JSON; flags win over it')
    .option(
      '--resume',
      'take the fits that an earlier run of the same answers and options had finished; they are kept in DIR.fits until the bundle is written',
    )
    .option('--held-out <file>', 'with --certify split: also write the certify part (never trained on) as JSON Lines')
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
    ...{ out, heldOut, resume: Boolean(resume), onProgress: shownProgress(quiet) },
    onNote: ({ about, text }) => {
      if (about === 'fits') process.stderr.write(`note: ${text}\n`);
      else if (!quiet) process.stderr.write(`${text}\n`);
    },
  });
  if (flags.json) process.stdout.write(`${JSON.stringify(summaryOf(report, out))}\n`);
  else {
    const lines = [
      beforeAfter(report),
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
  const { report, certify, refit, certifyBy, sliceBy, simultaneous, costs, acceptUnseen, allowLeak } = flags;
  const named = {
    targetError,
    confidence,
    seed,
    signals,
    split,
    backend,
    groupBy,
    mergeNear,
    // commander gives true where the flag is absent: the config may still say no
    fingerprints: flags.fingerprints === false ? false : undefined,
    report,
    certify,
    refit: refit ? ('always' as const) : undefined,
    certifyBy,
    sliceBy,
    simultaneous,
    acceptUnseen,
    allowLeak,
    costs,
  };
  const given = Object.entries(named).filter(([, value]) => value !== undefined);
  if (flags.config === undefined) return parseOptions(Object.fromEntries(given));
  const text = await readFile(flags.config, 'utf8').catch((error: unknown) => {
    throw inError(flags.config as string, error);
  });
  let config: unknown;
  try {
    config = JSON.parse(text);
  } catch (error) {
    throw new VouchError('BAD_JSON', 'the config is not JSON', { file: flags.config, cause: error });
  }
  return parseOptions({ ...(config as object), ...Object.fromEntries(given) }, flags.config);
}

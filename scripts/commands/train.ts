import { type Command, Option } from 'commander';
import type { Note } from '../../library/run-options.js';
import { train } from '../../library/train.js';
import { thousands } from '../../support/words/thousands.js';
import { backendRequests } from '../../train/backend/rung.js';
import { parseOptions, type TrainOptions, trainOptionsSchema } from '../../train/options.js';
import { beforeAfter, costLines, equationLines, promises, summaryOf } from '../../train/prepare/summary.js';
import { type AboutFlags, aboutFrom, addAbout } from '../flags/about.js';
import { readConfig } from '../flags/config.js';
import { costsOf } from '../flags/costs.js';
import { addEncoders, type EncoderFlags, encodersOf } from '../flags/encoders.js';
import { exclusive } from '../flags/exclusive.js';
import { groups, OTHER } from '../flags/groups.js';
import { allowLeak } from '../flags/kept-promise.js';
import { addPlugins, type PluginFlags } from '../flags/plugins.js';
import { addReading, number, type ReadingFlags, readOptionsOf, share } from '../flags/reading.js';
import { shownProgress } from '../flags/shown-progress.js';
import { tuneFirst } from '../tune-first.js';

const defaults = trainOptionsSchema.parse({});

interface Flags extends ReadingFlags, PluginFlags, EncoderFlags, AboutFlags {
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
  text?: 'words' | 'tuned';
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
  addAbout(addEncoders(addPlugins(addReading(command, 'stop'))))
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
        'numbers: use no signal from texts, so that an exported graph needs only numbers (default: ' +
          `${defaults.signals})`,
      ).choices(['all', 'numbers']),
    )
    .optionsGroup(groups.promise)
    .addOption(
      new Option(
        '--certify <how>',
        'cross: all labels train and certify; split: one part certifies and never trains; ' +
          `auto: cross below ${thousands(defaults.crossGroups)} questions (default: ${defaults.certify})`,
      ).choices(['auto', 'cross', 'split']),
    )
    .option(
      '--refit',
      'write a predictor trained on all labels, without a certified threshold; the metrics are those of the split',
    )
    .addOption(
      new Option(
        '--split <how>',
        'how to choose the answers that only certify. group: questions at random; time: the latest (default: ' +
          `${defaults.split})`,
      ).choices(['group', 'time']),
    )
    .addOption(
      new Option(
        '--certify-by <what>',
        'pattern: one threshold for each pattern of recorded signals; slice: one for each slice of a pattern ' +
          `(default: ${defaults.certifyBy})`,
      ).choices(['pattern', 'slice']),
    )
    .option(
      '--slice-by <names>',
      `fields that define a slice, of model, task and features.NAME (default: ${defaults.sliceBy.join(',')})`,
      (text) => text.split(','),
    )
    .option('--simultaneous', 'make --confidence hold for all thresholds together, not for each one alone')
    .option(
      '--accept-unseen <what>',
      'with the value models: apply the threshold also to models that were not in the training data; this is at your ' +
        'own risk, because no promise covers them',
      (text) => text.split(',') as TrainOptions['acceptUnseen'],
    )
    .addOption(allowLeak())
    .option(
      '--costs <table>',
      'costs that decide between abstain and escalate where an answer is not accepted: ' +
        'wrong=10,abstain=1,escalate=3[,escalatedWrong=0.2]; accepting a right answer costs 0',
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
    .addOption(
      new Option(
        '--text <how>',
        'tuned: first tune the encoder of --encoder to these answers, and use what it says as a signal; the tuned ' +
          'encoder is written to DIR.encoder; takes minutes to hours (experimental, docs/tuned-encoder.md); words: ' +
          'tune nothing',
      )
        .choices(['words', 'tuned'])
        .default('words'),
    )
    .option('--report-texts', 'show questions and answers next to the most confident mistakes in the report')
    .option('--config <file>', 'JSON file with further options; options on the command line take precedence')
    .option(
      '--resume',
      'continue a run that was stopped: reuse what it finished with the same answers and options; ' +
        'DIR.fits keeps this until the bundle is written',
    )
    .option(
      '--held-out <file>',
      'write the answers that certify but never train to this file, as JSON Lines; sets --certify split',
    )
    .option('--json', 'print the summary as JSON')
    .option('--quiet', 'no progress')
    .addHelpText('after', example)
    .action(run);
}

async function run(answers: string[], flags: Flags): Promise<void> {
  const { out, heldOut, resume, quiet = false } = flags;
  const options = await optionsOf(flags);
  const reading = { ...(await readOptionsOf(flags)), groupBy: options.groupBy, mergeNear: options.mergeNear };
  const onProgress = shownProgress(quiet);
  const onNote = ({ about, text }: Note) => {
    if (about === 'fits') process.stderr.write(`note: ${text}\n`);
    else if (!quiet) process.stderr.write(`${text}\n`);
  };
  const running = { resume: Boolean(resume), onProgress, onNote };
  const given =
    flags.text === 'tuned'
      ? await tuneFirst(answers, { ...running, ...{ out, options, reading, flags } })
      : { answers, reading, encoders: await encodersOf(flags) };
  const { report } = await train(given.answers, {
    ...options,
    ...given.reading,
    ...{ out, heldOut, plugins: flags.plugin, encoders: given.encoders },
    ...running,
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
